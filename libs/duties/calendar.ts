// What parties undertake by the calendar: no learner's event triggers it, a party says when it was done (views.md, part 4; ADR 47). Pure.
import { type AgencySlug, dayAfter, dayAfterTimes, daysBetween, type IsoDate, type Position } from '#kernel';
import type { DutyTerm } from './duties.ts';

/** That a party has done what a protocol asks of it, as whoever asks may see it. */
export interface Undertaking {
  readonly protocol: string;
  readonly duty: string;
  readonly by: AgencySlug;
  /** The day on which it was done. */
  readonly on: IsoDate;
  readonly position: Position;
}

export interface CalendarDuty {
  readonly term: DutyTerm;
  /** Day from which time runs. */
  readonly since: IsoDate;
  /** The last day in time. */
  readonly due: IsoDate;
  readonly state: 'open' | 'overdue' | 'discharged';
  readonly done?: Undertaking;
  /** Days after `due`, where it was done too late. */
  readonly lateBy?: number;
}

export interface AskedOn {
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
  /** Whether an agency may say so: it is a party, and of a role that the duty names. */
  readonly counts: (term: DutyTerm, by: AgencySlug) => boolean;
}

interface Span {
  readonly since: IsoDate;
  readonly due: IsoDate;
}

/** Of each duty the first term that is not done, else the last; overdue ones first, then by their days. */
export const calendarDuties = (
  terms: readonly DutyTerm[],
  undertakings: readonly Undertaking[],
  asked: AskedOn,
): readonly CalendarDuty[] => {
  const said = undertakings
    .filter(({ on }) => on <= asked.on)
    .sort((one, other) => inOrder(one.on, other.on) || one.position - other.position);
  const byDuty = Map.groupBy(
    terms.filter(({ duty }) => duty.every !== undefined),
    (term) => `${idOf(term)}#${term.duty.id}`,
  );
  return [...byDuty.values()].flatMap((ofDuty) => standing(ofDuty, said, asked) ?? []).sort(calendarOrder);
};

/** `id` of `id@version`. */
const idOf = ({ protocol }: DutyTerm): string => protocol.slice(0, protocol.indexOf('@'));

const inOrder = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

export const calendarOrder = (one: Pick<CalendarDuty, 'state' | 'due'>, other: Pick<CalendarDuty, 'state' | 'due'>): number =>
  Number(other.state === 'overdue') - Number(one.state === 'overdue') || inOrder(one.due, other.due);

const standing = (terms: readonly DutyTerm[], said: readonly Undertaking[], asked: AskedOn): CalendarDuty | undefined => {
  const begun = terms.flatMap((term) => spansOf(term, asked.on).map((span) => reckoned(term, span, said, asked)));
  const inTime = begun.sort((one, other) => inOrder(one.since, other.since));
  return inTime.find(({ done }) => done === undefined) ?? inTime.at(-1);
};

/** Those that have begun by that day, and still ran when the agreement came in force. */
const spansOf = ({ duty, until = LAST_DAY, agreedOn = '', from }: DutyTerm, on: IsoDate): readonly Span[] => {
  const inForce = from > agreedOn ? from : agreedOn;
  return [...spansFrom(duty, on < until ? on : until)].filter(({ due }) => due >= inForce);
};

const LAST_DAY = '9999-12-31';

function* spansFrom({ every = '', from = LAST_DAY, within }: DutyTerm['duty'], until: IsoDate): Generator<Span> {
  for (let times = 0, since = from; since <= until;) {
    yield { since, due: dayAfter(since, within) };
    const next = dayAfterTimes(from, every, ++times);
    if (next <= since) return;
    since = next;
  }
}

/** Whoever does it late has done it; what was done before time ran is not what is asked for. */
const reckoned = (term: DutyTerm, { since, due }: Span, said: readonly Undertaking[], { on, counts }: AskedOn): CalendarDuty => {
  const done = said.find((one) => one.on >= since && one.protocol === idOf(term) && one.duty === term.duty.id && counts(term, one.by));
  if (done === undefined) return { term, since, due, state: due < on ? 'overdue' : 'open' };
  const lateBy = daysBetween(due, done.on);
  return { term, since, due, state: 'discharged', done, ...(lateBy > 0 ? { lateBy } : {}) };
};
