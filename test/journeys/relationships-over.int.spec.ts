// Relationships end with time (sharing-matrix.md).
import { fixedClock } from '#kernel';
import { assessment, registration, Town, ulnOf } from './town.ts';
import { about, confirmed, DAY, leaving, linesOf, MORNING, programme, referral } from './told.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock });
});
afterAll(() => town.close());

let learners = 0;

/** A new learner, registered by these; where nobody of the town is responsible unless a postcode is given. */
const newLearner = async (by: readonly string[], postcode = 'ZZ9 9ZZ'): Promise<string> => {
  const uln = ulnOf(++learners);
  for (const slug of by) await town.tell(slug, registration(uln, `${slug}-${uln}`, { postcode }));
  return uln;
};

const see = (agency: string, purpose: string, uln: string) => town.passport(agency, purpose, `uln:${uln}`);
const seesRisk = async (agency: string, uln: string): Promise<boolean> =>
  linesOf(await see(agency, 'safeguard', uln)).includes('assessment.recorded by YJ2');
/** Shown by YJ2 to a provider with whom the learner is enrolled, without consent. */
const risk = (uln: string) => assessment(uln, { framework: 'risk-of-reoffending', domain: 'whole' });

/** Registered by these; the first vouches for the youth offending team, which assesses. */
const newLearnerAtRisk = async (by: readonly string[]): Promise<string> => {
  const uln = await newLearner([...by, 'city-yot']);
  await town.tell(by[0] ?? '', confirmed(uln, 'city-yot'));
  await town.tell('city-yot', risk(uln));
  return uln;
};

describe('after 180 days', () => {
  it('a referral and an enrolment that was left have ended, and not before', async () => {
    const referred = await newLearner(['careers']);
    await town.tell('careers', referral(referred, 'forge'));
    const left = await newLearnerAtRisk(['careers', 'forge']);
    await town.tell('careers', referral(left, 'forge'));
    await town.tell('forge', programme(left, 'p-1'), leaving(left, 'p-1', '2026-10-01'));
    const start = clock.now();

    clock.set(start + 180 * DAY);
    expect((await see('forge', 'deliver-programme', referred)).status).toBe(200);
    expect(await seesRisk('forge', left)).toBe(true);
    clock.set(start + 180 * DAY + 1);
    expect((await see('forge', 'deliver-programme', referred)).status).toBe(404);
    expect(await seesRisk('forge', left)).toBe(true);
    clock.set(start + 181 * DAY);
    expect(await seesRisk('forge', left)).toBe(false);
    const [late] = await town.send('forge', about(referred, 'circumstance.noted', { kind: 'housing', note: 'Moves.' }));
    expect(late?.problem?.code).toBe('no-such-learner');
  });

  it('a programme past its planned end goes on', async () => {
    const uln = await newLearnerAtRisk(['careers', 'forge']);
    await town.tell('careers', referral(uln, 'forge'));
    await town.tell('forge', programme(uln, 'p-1', { startedOn: '2026-09-01', plannedEnd: '2026-09-10' }));
    expect(await seesRisk('forge', uln)).toBe(true);
  });
});
