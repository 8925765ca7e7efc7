// How much each agency told of a learner on the latest day on which anybody did. It has a bound: what one sender tells must not crowd out
// what others told, nor make every decision about the learner slow.
// It counts the sender's own events alone, so it tells it of nobody else's.
import type { ShortType } from '#catalogue';
import { type AgencySlug, type Instant, type IsoDate, londonDate } from '#kernel';
import { rejected, type Rejected } from './outcome.ts';

export interface Pace {
  /** In London, by the broker's clock. */
  readonly day: IsoDate;
  readonly told: Readonly<Record<AgencySlug, number>>;
}

export const initialPace: Pace = { day: '', told: {} };

/** A clock that was set back begins no new day. */
const isLater = (day: IsoDate, pace: Pace): boolean => day > pace.day;

export const evolvePace = (pace: Pace, source: AgencySlug, taken: Instant): Pace => {
  const day = londonDate(taken);
  return isLater(day, pace)
    ? { day, told: { [source]: 1 } }
    : { day: pace.day, told: { ...pace.told, [source]: toldBy(pace, source) + 1 } };
};

const toldBy = ({ told }: Pace, source: AgencySlug): number => (Object.hasOwn(told, source) ? (told[source] ?? 0) : 0);

/**
 * What the learner decides, lets others see less, or answers for it, finds room when all else is refused:
 * a consent given may be bound to one withdrawn.
 */
const ALWAYS: ReadonlySet<ShortType> = new Set<ShortType>([
  'consent.given',
  'consent.withdrawn',
  'consent.paused',
  'consent.refused',
  'restriction.requested',
  'objection.raised',
  'record.retracted',
  'withholding.stated',
  'notice.acknowledged',
]);

export interface DailyLimited {
  readonly source: AgencySlug;
  readonly type: ShortType;
  readonly at: Instant;
  /** Events of one agency about one learner in a day; as many again of what always finds room. */
  readonly most: number;
}

const TOO_MUCH = rejected(
  'too-large',
  'Your agency has told as much about this learner today as one agency may in a day: send the rest tomorrow, or ask the operator to allow more.',
);

/** The refusal, where the sender told as much of the learner today as it may. */
export const overDailyLimit = (pace: Pace, { source, type, at, most }: DailyLimited): Rejected | undefined => {
  const today = isLater(londonDate(at), pace) ? 0 : toldBy(pace, source);
  return today >= (ALWAYS.has(type) ? 2 * most : most) ? TOO_MUCH : undefined;
};
