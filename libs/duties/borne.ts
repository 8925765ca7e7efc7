// The duties of one bearer towards a learner that are open or overdue, and the same once more is known (views.md, part 4; ADR 56). Pure.
import type { Role } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { bearersOf, type DutyParties, handedTo, isAdvisers } from './bearers.ts';
import type { DutyOutcome } from './duty-event.ts';
import { byDueDay, type DutyEvent, type DutyInstance, type DutyKinds, DutyReckoning, type DutyTerm } from './duties.ts';
import { ADVISERS, ENDINGS, REFERRAL_WORDS, type TriggeredDuty } from './duty-types.ts';
import { type LinkAdviserOn, Responsibility } from './responsible.ts';

// A duty as it stands for one agency: whose it is, and by when. What the responsible adviser has to do passes on with who is responsible
// (ADR 74).

/** Who may have to do something about a learner. */
export interface Bearers {
  readonly reckoning: DutyReckoning;
  readonly responsibility: Responsibility;
  /** Agencies that have recorded something of the learner. */
  readonly sources: readonly AgencySlug[];
  readonly rolesOf: DutyParties['rolesOf'];
}

export interface BorneDuty {
  readonly instance: DutyInstance;
  readonly bearers: readonly AgencySlug[];
  /** It is the asking agency's because its link adviser stands in where nobody was assigned. */
  readonly byFallback: boolean;
}

/** The last day on which it may pass to somebody else: what was done or void by then passes to nobody any more. */
export const lastDayOf = (settledOn: IsoDate | undefined, toldOn: IsoDate, on: IsoDate): IsoDate => {
  const last = settledOn === undefined || settledOn > on ? on : settledOn;
  return last < toldOn ? toldOn : last;
};

const partiesOn = ({ responsibility, sources, rolesOf }: Bearers, day: IsoDate, responsible?: AgencySlug): DutyParties => ({
  responsible,
  ...{ sources, rolesOf },
  linkAdviserOf: (provider) => responsibility.linkAdviserOf(provider, day),
});

/** Whether it may be that agency's, whoever is responsible. */
export const mayBeOf = (one: TriggeredDuty, agency: AgencySlug, by: Bearers): boolean =>
  (isAdvisers(one, by.rolesOf) && by.rolesOf(agency).includes('connexions')) ||
  bearersOf(one, by.reckoning, partiesOn(by, by.reckoning.on)).includes(agency);

/** What is handed to one agency nobody else does. */
const outcomeOf = (one: TriggeredDuty, { reckoning, rolesOf }: Reckoned): DutyOutcome => reckoning.outcomeOf(one, handedTo(one, rolesOf));

/** Of a duty of several agencies each has its own last day; whoever has not to do it is told of the first. */
export const dutyOf = (one: TriggeredDuty, asker: AgencySlug, by: Bearers): BorneDuty => {
  const { reckoning, responsibility } = by;
  const outcome = outcomeOf(one, by);
  const to = lastDayOf(outcome.settledOn, one.toldOn, reckoning.on);
  const responsible = responsibility.on(to);
  const bearers = bearersOf(one, reckoning, partiesOn(by, to, responsible?.agency));
  const others = bearersOf(one, reckoning, partiesOn(by, to));
  const isAsAdviser = isBorneAlone(asker, bearers, others);
  const isPassedOn = others.length === 0 ? isAdvisers(one, by.rolesOf) : isAsAdviser;
  const due = isPassedOn ? responsibility.dueOf(one.time.due, one.toldOn, to) : one.time.due;
  return { instance: reckoning.standing(one, due, outcome), bearers, byFallback: isAsAdviser && responsible?.byFallback === true };
};

/** By whoever is responsible, and by nothing else. */
const isBorneAlone = (asker: AgencySlug, bearers: readonly AgencySlug[], others: readonly AgencySlug[]): boolean =>
  bearers.includes(asker) && !others.includes(asker);

// Those of one bearer.

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
  /** Agencies that have recorded any of them. */
  readonly sources: readonly AgencySlug[];
  /** Ids of the things that any of them is, or speaks of, a line each: one text, which is searched in no time. */
  readonly named: string;
  readonly reckoning: DutyReckoning;
  readonly responsibility: Responsibility;
  /** Those that are not discharged and not void, in the order of their due days. */
  readonly standing: readonly StandingDuty[];
  /** The next day on which a referral that waits for an answer is over. */
  readonly nextLapse: IsoDate | undefined;
}

const isLeft = ({ state }: DutyInstance): boolean => state === 'open' || state === 'overdue';

const inOrder = (one: StandingDuty, other: StandingDuty): number => byDueDay(one.instance, other.instance);

const bearersIn = ({ reckoning, responsibility, sources }: Omit<DutiesBorne, 'standing' | 'nextLapse'>, { rolesOf }: Bearing): Bearers => ({
  ...{ reckoning, responsibility, sources, rolesOf },
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
  const sources = [...new Set(events.flatMap(({ source }) => source ?? []))];
  const borne = { events, sources, named: namedBy(events, kinds), reckoning, responsibility };
  const standing = borneOf(reckoning.triggered(bearing.terms), bearersIn(borne, bearing), bearing).toSorted(inOrder);
  return { ...borne, standing, nextLapse: reckoning.nextLapse };
};

/** Ids hold no line breaks: their schemas bar control characters. */
const namedBy = (events: readonly DutyEvent[], kinds: DutyKinds): string =>
  events.flatMap((event) => idsOf(event, kinds)).reduce((named, id) => `${named}${id}\n`, '\n');

const idsOf = ({ type, data }: DutyEvent, kinds: DutyKinds): readonly string[] => {
  const { identifies, refersTo } = kinds(type);
  const ids = [data[identifies ?? ''], ...refersTo.map((name) => data[name])];
  return ids.filter((id) => typeof id === 'string');
};

/** Types after which another may be responsible, a programme run no more, or an assessment count for longer. */
const MOVES: ReadonlySet<string> = new Set([...ADVISERS, ...ENDINGS, 'programme.started', 'assessment.rectified']);

/**
 * With what became known on the same day, of the same agreements. One more event makes duties of its own and discharges others, and what
 * was discharged or void stays so: all else is as it was, unless the event moves whose a duty is.
 */
export const withEvents = (before: DutiesBorne, added: readonly DutyEvent[], bearing: Bearing): DutiesBorne => {
  const { responsibility, sources } = before;
  const { kinds } = bearing;
  const events = before.events.concat(added);
  if (added.some((event) => moves(event, before, kinds))) return dutiesBorne(events, bearing);
  const reckoning = before.reckoning.with(added);
  const named = before.named + namedBy(added, kinds).slice(1);
  const borne = { events, sources, named, reckoning, responsibility };
  const made = borneOf(reckoning.triggered(bearing.terms, added), bearersIn(borne, bearing), bearing);
  const left = leftOf(before.standing, added, { reckoning, rolesOf: bearing.rolesOf });
  const nextLapse = added.some(({ type }) => type === 'referral.made' || REFERRAL_WORDS.includes(type))
    ? reckoning.nextLapse
    : before.nextLapse;
  return { ...borne, standing: withMade(left, made), nextLapse };
};

/** Of the same day, those that are made come last. */
const withMade = (standing: readonly StandingDuty[], made: readonly StandingDuty[]): readonly StandingDuty[] =>
  made.reduce((duties, one) => duties.toSpliced(duties.findLastIndex((other) => inOrder(other, one) <= 0) + 1, 0, one), standing);

type Reckoned = Pick<Bearers, 'reckoning' | 'rolesOf'>;

/** The same list where all stands as it did. */
const leftOf = (standing: DutiesBorne['standing'], added: readonly DutyEvent[], by: Reckoned): DutiesBorne['standing'] => {
  const types = new Set<string>(added.map(({ type }) => type));
  if (!standing.some((one) => isAskedAnew(one, types))) return standing;
  return standing.map((one) => (isAskedAnew(one, types) ? askedAnew(one, by) : one)).filter(({ instance }) => isLeft(instance));
};

/** A referral that is refused or taken back leaves nothing to do, whatever was to be done after it. */
const isAskedAnew = ({ triggered: { duty, trigger } }: StandingDuty, types: ReadonlySet<string>): boolean =>
  [...duty.dischargedBy, ...(trigger.type === 'referral.made' ? REFERRAL_WORDS : [])].some((type) => types.has(type));

const askedAnew = (one: StandingDuty, by: Reckoned): StandingDuty => {
  const { reckoning, rolesOf } = by;
  const outcome = reckoning.outcomeOfStanding(one.triggered, handedTo(one.triggered, rolesOf));
  const instance = reckoning.standing(one.triggered, one.instance.due, outcome);
  return instance.state === one.instance.state ? one : { ...one, instance };
};

/** Whether it may change whose an earlier duty is, or of whose things earlier events speak. */
const moves = ({ type, source, data }: DutyEvent, { sources, named }: DutiesBorne, kinds: DutyKinds): boolean => {
  const id = data[kinds(type).identifies ?? ''];
  return MOVES.has(type) || (source !== undefined && !sources.includes(source)) || (typeof id === 'string' && named.includes(`\n${id}\n`));
};
