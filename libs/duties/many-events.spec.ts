// What reckoning costs, as steps: how often anything is read of the events of one learner's file. Whoever may tell a thousand events a day
// must not make all others wait (ADR 90).
import { type Role, shippedCatalogue, type ShortType } from '#catalogue';
import { addDays, type IsoDate } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { type Bearing, dutiesBorne, type DutyEvent, withEvents } from './index.ts';

const ROLES: Readonly<Record<string, readonly Role[]>> = { north: ['connexions'], bct: ['provider'], hts: ['provider'], city: ['yot'] };
const TERMS = shippedProtocols().flatMap(({ id, duties }) => duties.map((duty) => ({ protocol: `${id}@1`, duty, from: '2026-01-01' })));
const ON = '2026-10-01';

const bearingOf = (bearer: string): Bearing => ({
  bearer,
  terms: TERMS.filter(({ duty }) => duty.who.some((role) => ROLES[bearer]?.includes(role))),
  kinds: (type) => shippedCatalogue().byShort(type),
  on: ON,
  rolesOf: (slug) => ROLES[slug] ?? [],
  linkAdviserOf: (provider) => (provider === 'bct' ? 'north' : undefined),
});

type Said = readonly [type: ShortType, source: string, data: Readonly<Record<string, unknown>>];
type Round = (id: string, day: IsoDate) => readonly Said[];

const referral = (referralId: string, to = 'bct', source = 'bct'): Said => ['referral.made', source, { referralId, to, route: 'self' }];
const start = (programmeId: string, startedOn: IsoDate, source = 'bct'): Said => [
  'programme.started',
  source,
  { programmeId, kind: 'e2e', startedOn },
];

/** What is told over and over. */
const ROUNDS: Readonly<Record<string, Round>> = {
  'referrals that are answered, and starts': (id, day) => [
    referral(`r-${id}`),
    ['referral.accepted', 'bct', { referralId: `r-${id}` }],
    start(`p-${id}`, day),
  ],
  'referrals that wait': (id) => [referral(`r-${id}`, 'hts', 'north')],
  'programmes that end': (id, day) => [
    start(`p-${id}`, day),
    ['programme.signed-off', 'north', { programmeId: `p-${id}`, signedOn: day }],
    ['programme.left-early', 'bct', { programmeId: `p-${id}`, leftOn: day }],
  ],
  'assessments set right': (id, day) => [
    ['assessment.recorded', 'bct', { assessmentId: `a-${id}`, framework: 'risk-of-failing', assessedOn: day }],
    ['assessment.rectified', 'bct', { assessmentId: `a-${id}`, assessedOn: day }],
    start(`p-${id}`, day),
  ],
  'advisers who leave': (id, day) => [
    ['learner.adviser-assigned', 'north', { role: 'dedicated-adviser' }],
    ['learner.adviser-ended', 'north', { role: 'dedicated-adviser', on: day }],
    start(`p-${id}`, day),
  ],
  'reviews followed up, of which each is named': (id, day) => [
    ['review.held', 'bct', { reviewId: `v-${id}`, programmeId: 'p', heldOn: day, nextReviewDue: day }],
    ['follow-up.made', 'north', { reviewId: `v-${id}`, programmeId: 'p', of: 'bct', on: day }],
  ],
  'follow-ups of another programme of that id': (id, day) => [
    ['review.held', 'bct', { reviewId: `v-${id}`, programmeId: 'p', heldOn: day }],
    ['follow-up.made', 'north', { programmeId: 'p', of: 'hts', on: day }],
  ],
  'one review that is arranged anew': (_id, day) => [
    ['review.scheduled', 'bct', { reviewId: 'v', programmeId: 'p', on: day }],
    ['follow-up.made', 'bct', { reviewId: 'v', programmeId: 'p', on: day }],
  ],
  'queries about one of two programmes of an id': (_id, day) => [
    ['programme.queried', 'city', { programmeId: 'p' }],
    ['programme.signed-off', 'city', { programmeId: 'p', of: 'bct', signedOn: day }],
  ],
};

const FIRST: readonly Said[] = [start('p', '2026-03-01'), start('p', '2026-03-01', 'hts'), ['adviser.informed', 'north', { on: ON }]];

/** One half told in rounds, the other each kind in turn: whatever is told first makes the longest lists. */
const fileOf = (round: Round, count: number): readonly Said[] => {
  const rounds = Array.from({ length: count }, (_, at) => round(String(at), addDays('2026-03-02', Math.floor((at * 200) / count))));
  const half = rounds.slice(count / 2);
  const inTurn = half.flatMap((said) => said.map((one, at) => ({ one, at }))).sort((one, other) => one.at - other.at);
  return [...FIRST, ...rounds.slice(0, count / 2).flat(), ...inTurn.map(({ one }) => one)];
};

class Counted {
  steps = 0;
  readonly #knownOn = (at: number, of: number): IsoDate => addDays('2026-03-02', Math.floor((at * 200) / of));

  event([type, source, data]: Said, place: number, of: number): DutyEvent {
    const event: DutyEvent = { type, source, place, knownOn: this.#knownOn(place, of), data };
    return new Proxy(event, {
      get: (target, name, receiver) => {
        this.steps += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
  }

  since(run: () => void): number {
    const before = this.steps;
    run();
    return this.steps - before;
  }
}

const ADDED: readonly Said[] = [
  referral('r-new'),
  ['follow-up.made', 'north', { programmeId: 'p', of: 'bct', on: '2026-09-30' }],
  ['referral.accepted', 'bct', { referralId: 'r-0' }],
  ['endorsement.queried', 'bct', { endorsementId: 'e-1' }],
  ['review.held', 'bct', { reviewId: 'w', programmeId: 'p', heldOn: '2026-09-30' }],
];

const stepsOf = (round: Round, bearer: string, count: number): readonly number[] => {
  const bearing = bearingOf(bearer);
  const counted = new Counted();
  const said = fileOf(round, count);
  const events = said.map((one, place) => counted.event(one, place, said.length));
  let borne = dutiesBorne([], bearing);
  const whole = counted.since(() => {
    borne = dutiesBorne(events, bearing);
  });
  const more = ADDED.map((one) => counted.event(one, events.length, events.length));
  return [whole, ...more.map((one) => counted.since(() => withEvents(borne, [one], bearing)))];
};

/** Twice as many events make twice as many steps, and the little more by which what is put in order costs more. */
const TWICE = 2.5;
/** Of one more event, for each that there is: not one of them is compared with all others. */
const EACH = 80;
const COUNT = 120;

const CASES = ['north', 'bct'].flatMap((bearer) => Object.entries(ROUNDS).map(([told, round]) => [bearer, told, round] as const));

describe.each(CASES)('the duties of %s to a learner of whom are told %s', (bearer, _, round) => {
  const [some, twice] = [stepsOf(round, bearer, COUNT), stepsOf(round, bearer, 2 * COUNT)];

  it('take twice the steps for twice the events', () => {
    const [whole = 0] = some;
    expect(twice[0]).toBeLessThan(whole * TWICE);
  });

  it('take few steps for one more event', () => {
    const length = fileOf(round, 2 * COUNT).length;
    const [, ...more] = twice;
    expect(more).toHaveLength(ADDED.length);
    for (const steps of more) expect(steps).toBeLessThan(length * EACH);
  });
});
