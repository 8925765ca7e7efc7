// The duties of one bearer towards a learner that are open or overdue, and the same once more is known (views.md, part 4; ADR 56). Pure.
import type { Role } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { type Bearers, dutyOf, mayBeOf } from './borne-by.ts';
import { byDueDay, type DutyEvent, type DutyInstance, type DutyKinds, DutyReckoning, type DutyTerm, type TriggeredDuty } from './duties.ts';
import { ADVISERS, ENDINGS } from './duty-types.ts';
import { Responsibility } from './responsibility.ts';
import type { LinkAdviserOn } from './responsible.ts';

export interface Bearing {
  readonly bearer: AgencySlug;
  /** Of the bearer's roles. */
  readonly terms: readonly DutyTerm[];
  readonly kinds: DutyKinds;
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
  readonly rolesOf: (agency: AgencySlug) => readonly Role[];
  readonly linkAdviserOf: LinkAdviserOn;
}

export interface StandingDuty {
  readonly triggered: TriggeredDuty;
  /** The same object while it stands as it did. */
  readonly instance: DutyInstance;
  readonly byFallback: boolean;
}

export interface DutiesBorne {
  readonly events: readonly DutyEvent[];
  readonly reckoning: DutyReckoning;
  readonly responsibility: Responsibility;
  /** Those that are not discharged and not void, in the order of their due days. */
  readonly standing: readonly StandingDuty[];
}

const isLeft = ({ state }: DutyInstance): boolean => state === 'open' || state === 'overdue';

const inOrder = (one: StandingDuty, other: StandingDuty): number => byDueDay(one.instance, other.instance);

const bearersIn = ({ events, reckoning, responsibility }: Omit<DutiesBorne, 'standing'>, bearing: Bearing): Bearers => ({
  ...{ reckoning, responsibility },
  sources: [...new Set(events.flatMap(({ source }) => source ?? []))],
  rolesOf: bearing.rolesOf,
});

const borneOf = (triggered: readonly TriggeredDuty[], by: Bearers, { bearer }: Bearing): readonly StandingDuty[] =>
  triggered
    .filter((one) => mayBeOf(one, bearer, by))
    .flatMap((one) => {
      const { instance, bearers, byFallback } = dutyOf(one, bearer, by);
      return bearers.includes(bearer) && isLeft(instance) ? [{ triggered: one, instance, byFallback }] : [];
    });

/** `events` without what was retracted. */
export const dutiesBorne = (events: readonly DutyEvent[], bearing: Bearing): DutiesBorne => {
  const { kinds, on, linkAdviserOf } = bearing;
  const reckoning = new DutyReckoning(events, kinds, on);
  const responsibility = new Responsibility(events, linkAdviserOf, (agency) => bearing.rolesOf(agency).includes('connexions'));
  const borne = { events, reckoning, responsibility };
  return { ...borne, standing: [...borneOf(reckoning.triggered(bearing.terms), bearersIn(borne, bearing), bearing)].sort(inOrder) };
};

/** Types after which another may be responsible, or a programme run no more. */
const MOVES: ReadonlySet<string> = new Set([...ADVISERS, ...ENDINGS, 'programme.started']);

/**
 * With what became known on the same day, of the same agreements. One more event makes duties of its own and discharges others, and what
 * was discharged or void stays so: all else is as it was, unless the event moves whose a duty is.
 */
export const withEvents = (before: DutiesBorne, added: readonly DutyEvent[], bearing: Bearing): DutiesBorne => {
  const events = [...before.events, ...added];
  if (added.some((event) => moves(event, before.events, bearing.kinds))) return dutiesBorne(events, bearing);
  const reckoning = new DutyReckoning(events, bearing.kinds, bearing.on);
  const { responsibility } = before;
  const borne = { events, reckoning, responsibility };
  const made = borneOf(reckoning.triggered(bearing.terms, added), bearersIn(borne, bearing), bearing);
  const types = new Set<string>(added.map(({ type }) => type));
  const left = before.standing
    .map((one) => (isAskedAnew(one, types) ? askedAnew(one, reckoning) : one))
    .filter(({ instance }) => isLeft(instance));
  return { ...borne, standing: [...left, ...made].sort(inOrder) };
};

const isAskedAnew = ({ triggered: { duty } }: StandingDuty, types: ReadonlySet<string>): boolean =>
  duty.dischargedBy.some((type) => types.has(type));

const askedAnew = (one: StandingDuty, reckoning: DutyReckoning): StandingDuty => {
  const instance = reckoning.standing(one.triggered, one.instance.due);
  return instance.state === one.instance.state ? one : { ...one, instance };
};

/** Whether it may change whose an earlier duty is, or of whose things earlier events speak. */
const moves = ({ type, source, data }: DutyEvent, earlier: readonly DutyEvent[], kinds: DutyKinds): boolean => {
  const name = kinds(type).identifies;
  return (
    MOVES.has(type) ||
    !earlier.some((event) => event.source === source) ||
    (name !== undefined && earlier.some((event) => event.data[name] === data[name]))
  );
};
