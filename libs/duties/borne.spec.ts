import fc from 'fast-check';
import type { Role } from '#catalogue';
import { shippedProtocols } from '#sharing-protocols';
import { E2E, informed, kinds, passport, said, started } from './fixtures/index.ts';
import { type Bearing, BESIDE, type DutiesBorne, dutiesBorne, type DutyEvent, type DutyTerm, TRIGGERS, withEvents } from './index.ts';

const ROLES: Readonly<Record<string, readonly Role[]>> = { north: ['connexions'], bct: ['provider'], hts: ['provider'], city: ['yot'] };
const AGENCIES = Object.keys(ROLES);

const ALL: readonly DutyTerm[] = shippedProtocols().flatMap(({ id, duties }) =>
  duties.map((duty) => ({ protocol: `${id}@1`, duty, from: '2026-01-01' })),
);

const borneBy = (bearer: string, terms = ALL): Bearing => ({
  bearer,
  terms: terms.filter(({ duty }) => duty.who.some((role) => ROLES[bearer]?.includes(role))),
  ...{ kinds, on: '2026-10-01' },
  rolesOf: (slug) => ROLES[slug] ?? [],
  linkAdviserOf: (provider) => (provider === 'bct' ? 'north' : undefined),
});

const told = ({ standing, responsibility, reckoning }: DutiesBorne) => ({
  responsible: responsibility.on(reckoning.on),
  standing: standing
    .map(({ byFallback, instance: { duty, trigger, since, due, state } }) =>
      [duty.id, trigger.place, since, due, state, byFallback].join(' '),
    )
    .sort((one, other) => (one < other ? -1 : 1)),
});

const day = fc.constantFrom('2026-07-01', '2026-08-15', '2026-09-20', '2026-09-30', '2026-10-05');
const id = fc.constantFrom('1', '2');
const agency = fc.constantFrom(...AGENCIES);
const DAYS = [
  'validUntil',
  'on',
  'startedOn',
  'heldOn',
  'nextReviewDue',
  'leftOn',
  'plannedEnd',
  'assessedOn',
  'scheduledFor',
  'releaseOn',
];
const IDS = ['programmeId', 'reviewId', 'referralId', 'assessmentId', 'placementId', 'endorsementId', 'offerId'];

/** Of any type that duties ask about, with whatever days and ids agree or do not. */
const event: fc.Arbitrary<Omit<DutyEvent, 'place'>> = fc.record({
  type: fc.constantFrom(...TRIGGERS, ...BESIDE),
  source: fc.option(agency, { nil: undefined }),
  knownOn: day,
  data: fc
    .tuple(
      fc.record(Object.fromEntries(DAYS.map((name) => [name, day])), { requiredKeys: [] }),
      fc.record(Object.fromEntries(IDS.map((name) => [name, id])), { requiredKeys: [] }),
      fc.record({ of: agency, to: agency, role: fc.constantFrom('personal-adviser', 'link-adviser') }, { requiredKeys: [] }),
      fc.constantFrom({ kind: 'e2e' }, { kind: 'wbl' }, { framework: 'risk-of-failing', domain: 'literacy' }, { route: 'self' }),
    )
    .map((parts) => Object.assign({}, ...parts) as DutyEvent['data']),
});

const inPlaces = (events: readonly Omit<DutyEvent, 'place'>[]): readonly DutyEvent[] =>
  events.map((one, place): DutyEvent => ({ ...one, place }));

describe('duties that are reckoned on', () => {
  it('are what reckoning all anew makes of them', () => {
    let standing = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 14 }), agency, (drawn, bearer) => {
        const bearing = borneBy(bearer);
        const events = inPlaces(drawn);
        let borne = dutiesBorne(events.slice(0, 1), bearing);
        for (let place = 1; place < events.length; place++) {
          const before = borne;
          const added = events.slice(place, place + 1);
          // From one state may be reckoned on twice: what comes of it then leaves the other alone.
          const aside = withEvents(before, events.slice(place), bearing);
          borne = withEvents(before, added, bearing);
          expect(told(aside)).toEqual(told(dutiesBorne(events, bearing)));
          expect(told(borne)).toEqual(told(dutiesBorne(events.slice(0, place + 1), bearing)));
        }
        standing += borne.standing.length;
      }),
      { numRuns: 1500 },
    );
    expect(standing).toBeGreaterThan(300);
  });

  it('are done by nobody but the service that a learner was handed to, also once more is known', () => {
    const bearing = borneBy('north', [passport('allocate')]);
    const other = said('city', 'learner.adviser-assigned', '2026-09-20', { role: 'personal-adviser' });
    const handed = said('city', 'referral.made', '2026-07-01', { referralId: 'r-1', to: 'north', route: 'self' });
    const accepted = said('city', 'referral.accepted', '2026-07-02', { referralId: 'r-2', of: 'city' });
    const before = dutiesBorne([handed, other], bearing);
    expect(told(before).standing).toEqual([expect.stringMatching(/^allocate .* overdue/)]);
    expect(told(withEvents(before, [accepted], bearing))).toEqual(told(before));
  });

  it('stand as the same object until something discharges them', () => {
    const bearing = borneBy('north', [passport('follow-up')]);
    const adviser = said('north', 'learner.adviser-assigned', '2026-07-01', { role: 'personal-adviser' });
    const before = dutiesBorne([adviser, started(), informed('2026-07-08')], bearing);
    const other = withEvents(before, [said('bct', 'review.held', '2026-07-20', { reviewId: 'v-1', programmeId: 'p-1' })], bearing);
    expect(other.standing.map(({ instance }) => instance)).toEqual([expect.objectContaining({ state: 'overdue' })]);
    expect(other.standing[0]).toBe(before.standing[0]);
    const followed = said('north', 'follow-up.made', '2026-07-30', { programmeId: 'p-1', on: '2026-07-30', of: 'bct' });
    expect(withEvents(other, [followed], bearing).standing).toEqual([]);
  });

  it('are done by what first gives an id in the same message', () => {
    const bearing = borneBy('bct');
    const begun = started({ ...E2E, startedOn: '2026-05-01' });
    const review = { reviewId: 'v-1', programmeId: 'p-1' };
    const added = [
      said('bct', 'review.scheduled', '2026-05-02', { ...review, on: '2026-05-20' }),
      said('bct', 'review.held', '2026-05-05', { ...review, heldOn: '2026-05-05' }),
    ];
    const before = dutiesBorne([begun], bearing);
    expect(told(before).standing).toContainEqual(expect.stringMatching(/^first-review /));
    const after = told(withEvents(before, added, bearing));
    expect(after).toEqual(told(dutiesBorne([begun, ...added], bearing)));
    expect(after.standing).not.toContainEqual(expect.stringMatching(/^review-as-scheduled /));
  });

  it('are whose they are anew once somebody else says which programme is meant', () => {
    const bearing = borneBy('bct', [passport('first-review')]);
    const before = dutiesBorne([started()], bearing);
    expect(before.standing).toHaveLength(1);
    const again = withEvents(before, [said('hts', 'programme.started', '2026-08-01', E2E)], bearing);
    expect(again.standing.map(({ triggered: { trigger } }) => trigger.source)).toEqual(['bct']);
  });

  it('stay done where a later thing of that id could not be meant', () => {
    const bearing = borneBy('hts', [passport('answer-referral')]);
    const referral = said('north', 'referral.made', '2026-07-01', { referralId: 'r-1', to: 'hts', route: 'connexions' });
    const accepted = said('hts', 'referral.accepted', '2026-07-02', { referralId: 'r-1' });
    const before = dutiesBorne([referral, accepted], bearing);
    expect(before.standing).toEqual([]);
    const own = said('hts', 'referral.made', '2026-07-03', { referralId: 'r-1', to: 'bct', route: 'connexions' });
    expect(withEvents(before, [own], bearing).standing).toEqual([]);
  });

  it('are told the next day on which a referral lapses', () => {
    const bearing = borneBy('north', [passport('refer-on')]);
    const referral = (id: string, on: string) => said('north', 'referral.made', on, { referralId: id, to: 'hts', route: 'connexions' });
    const before = dutiesBorne([referral('r-1', '2026-07-01')], bearing);
    const both = withEvents(before, [referral('r-2', '2026-06-01')], bearing);
    const answered = withEvents(both, [said('hts', 'referral.accepted', '2026-07-02', { referralId: 'r-2' })], bearing);
    expect([before, both, answered].map(({ nextLapse }) => nextLapse)).toEqual(['2026-12-29', '2026-11-29', '2026-12-29']);
  });
});
