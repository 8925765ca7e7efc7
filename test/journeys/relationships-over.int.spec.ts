// Relationships end with time (sharing-matrix.md).
import { fixedClock } from '#kernel';
import { RiskShown } from './risk-shown.ts';
import { Town } from './town.ts';
import { about, DAY, leaving, MORNING, programme, referral } from './told.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock });
});
afterAll(() => town.close());

const { newLearner, newLearnerAtRisk, see, seesRisk } = new RiskShown(() => town);

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
