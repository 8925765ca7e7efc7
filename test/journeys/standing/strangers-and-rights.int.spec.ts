// Strangers lift no restriction, decide no objection, and neither resume nor withdraw a consent (sharing-matrix.md, W5).
import type { AgencySlug } from '#kernel';
import { about, MORNING } from '../told.ts';
import { consent, registration } from '../town.ts';
import {
  by,
  clausesOf,
  consentOf,
  expectNothingGained,
  EXPLICIT,
  honestStory,
  PERSON,
  type Script,
  StandingTown,
} from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const SCOPE = { categories: ['assessment'], purposes: ['plan-learning'] };
const STRANGERS: readonly AgencySlug[] = ['careers-south', 'anvil', 'wulfrun', 'st-chads', 'social'];

const joined = (agency: AgencySlug, uln: string) => registration(uln, `${agency}-${uln}`, { ...PERSON, postcode: 'ZZ9 9ZZ' });
const change = (uln: string, type: 'consent.withdrawn' | 'consent.paused' | 'consent.resumed' | 'consent.renewed') =>
  about(uln, type, { consentId: consentOf(uln), of: 'careers', by: 'learner' });

const restricted: Script = (uln) => [
  ...honestStory(uln),
  ...by('careers', about(uln, 'restriction.requested', { scope: SCOPE, reason: 'Contested.' })),
];
const objected: Script = (uln) => [
  ...honestStory(uln),
  ...by('careers', about(uln, 'objection.raised', { scope: SCOPE, reason: 'Mine.' })),
];
const paused: Script = (uln) => [...honestStory(uln), ...by('careers', change(uln, 'consent.paused'))];
const withdrawn: Script = (uln) => [...honestStory(uln), ...by('careers', change(uln, 'consent.withdrawn'))];

const says =
  (agency: AgencySlug, ...events: readonly Parameters<typeof by>[1][]): Script =>
  (uln) =>
    by(agency, joined(agency, uln), ...events);
const lifting =
  (agency: AgencySlug): Script =>
  (uln) =>
    says(
      agency,
      about(uln, 'restriction.lifted', { scope: SCOPE, reason: 'Settled.' }),
      about(uln, 'objection.decided', { scope: SCOPE, reason: 'Settled.', outcome: 'overridden', grounds: 'compelling' }),
    )(uln);
const widening =
  (agency: AgencySlug): Script =>
  (uln) =>
    says(
      agency,
      change(uln, 'consent.resumed'),
      change(uln, 'consent.renewed'),
      about(uln, 'consent.confirmed', { consentId: consentOf(uln), of: 'careers' }),
      consent(uln, `own-${uln}`, {
        ...EXPLICIT,
        recipients: ['forge', 'provider', 'college', agency],
        categories: ['assessment', 'circumstance-special'],
      }),
    )(uln);
const narrowing =
  (agency: AgencySlug): Script =>
  (uln) =>
    says(
      agency,
      change(uln, 'consent.paused'),
      change(uln, 'consent.withdrawn'),
      about(uln, 'restriction.requested', { scope: {}, reason: 'Mine.' }),
      about(uln, 'objection.raised', { scope: {}, reason: 'Mine.' }),
      about(uln, 'objection.decided', { scope: {}, reason: 'Mine.', outcome: 'upheld' }),
    )(uln);

describe.each(STRANGERS)('%s, a stranger,', (agency) => {
  it('lifts no restriction', () => expectNothingGained(standing, lifting(agency), restricted));
  it('overrides no objection', () => expectNothingGained(standing, lifting(agency), objected));
  it('resumes and renews no consent that is paused', () => expectNothingGained(standing, widening(agency), paused));
  it('and none that is withdrawn, and gives none', () => expectNothingGained(standing, widening(agency), withdrawn));
  it('withdraws and pauses none, and restricts and objects to nothing', () => expectNothingGained(standing, narrowing(agency)));
});

describe('an agency that stands', () => {
  const assessmentFor = async (agency: AgencySlug, uln: string): Promise<readonly string[]> =>
    clausesOf(await standing.answerTo(agency, uln, 'plan-learning'));

  it("narrows what another recorded, and does not widen it; whoever recorded it does, and the learner's own page", async () => {
    const uln = await standing.honestLearner();
    expect(await assessmentFor('forge', uln)).toContain('EP3');
    await standing.tell(by('forge', change(uln, 'consent.paused')));
    expect(await assessmentFor('forge', uln)).not.toContain('EP3');
    await standing.tell(by('forge', change(uln, 'consent.resumed')));
    expect(await assessmentFor('forge', uln)).not.toContain('EP3');
    await standing.tell(by('careers', change(uln, 'consent.resumed')));
    expect(await assessmentFor('forge', uln)).toContain('EP3');
    await standing.tell(by('forge', about(uln, 'restriction.requested', { scope: SCOPE, reason: 'Contested.' })));
    await standing.receiptsFor(by('careers', about(uln, 'restriction.lifted', { scope: SCOPE, reason: 'Settled.' })));
    expect(await assessmentFor('forge', uln)).not.toContain('EP3');
    await standing.tell(by('own-page', about(uln, 'restriction.lifted', { scope: SCOPE, reason: 'Settled.' })));
    expect(await assessmentFor('forge', uln)).toContain('EP3');
  });

  it('is told that its consent is stale where the learner withdrew in between', async () => {
    const uln = standing.newUln();
    await standing.tell(withdrawn(uln));
    const earlier = { ...consent(uln, `late-${uln}`, { recipients: ['forge'] }), time: new Date(MORNING - 60_000).toISOString() };
    expect(await standing.receiptsFor(by('careers', earlier))).toMatchObject([{ outcome: 'stale-consent', events: 0 }]);
    expect(await standing.receiptsFor(by('anvil', joined('anvil', uln), earlier))).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'accepted' },
    ]);
    expect(await assessmentFor('forge', uln)).not.toContain('EP3');
  });
});
