// What agencies tell the broker about a learner, as the pure features see it, and what judging it comes to.
import type { CatalogueData, Role, ShortType } from '#catalogue';
import { type AgencySlug, type Instant, type IsoDate, londonDate, type Revision } from '#kernel';

// What agencies tell the broker about a learner, as the pure features see it.

/** One catalogued event about a learner, about to be judged: its form is right and its source may contribute its type. */
export interface Contribution<Type extends ShortType = ShortType> {
  readonly type: Type;
  readonly data: CatalogueData[Type];
  readonly source: AgencySlug;
  /** The source's roles when the broker took it. */
  readonly sourceRoles: readonly Role[];
  /** The event's `time`. */
  readonly at: Instant;
  /** As sent: `uln:…` or `local:…`, the source's own id. */
  readonly subject?: string;
}

/**
 * What the broker noted when it accepted a contribution. It is sealed with the event and comes back with it,
 * so that folding the stream needs no judgement.
 */
export interface Notes {
  /** Whose thing the data name, where the source has none of that id itself: ids are each agency's own. */
  readonly of?: AgencySlug;
  /** The assessment beside which this one stands apart: its sender may not know of that one (invariant 4). */
  readonly apartFrom?: { readonly source: AgencySlug; readonly assessmentId: string };
  /**
   * What its source lacked just before (W1): standing, so that it has no effect on anybody else yet; or, where the learner only applied
   * there, standing to speak of residence, consent and rights. Absent: it stood.
   */
  readonly lacks?: 'standing' | 'rights';
  /** Revision of the sender's own event that it retracts, or withholds from the learner. */
  readonly names?: Revision;
  /** Of the registration that makes a learner: the random name under which identifiers that lead to the learner are sealed (ADR 20). */
  readonly alias?: string;
  /** What took effect with it or since the event before it (W2). */
  readonly effects?: TakenEffect;
}

/** An effect once had stays, so it is noted with the event that finds it: whatever the register or the day says later. */
export interface TakenEffect {
  /** Agencies that came to stand: all that they said so far has effect. */
  readonly full?: readonly AgencySlug[];
  /** Those to which the learner applied: the same, but for residence, consent and rights. */
  readonly partial?: readonly AgencySlug[];
  /** Revisions of adviser assignments for which there was a ground (W3: the ground is asked for once). */
  readonly advisers?: readonly Revision[];
}

/** A contribution in the learner's stream. */
export interface Recorded<Type extends ShortType = ShortType> extends Contribution<Type> {
  readonly revision: Revision;
  readonly notes?: Notes;
  /** When it happened, as its source says: `at` is never later than the broker took it. Absent: `at`. */
  readonly time?: Instant;
  /** When the broker took it. Absent: `at`. */
  readonly taken?: Instant;
}

// What judging a contribution comes to; the contribution itself is the event that is recorded.

/** Problem codes of contracts.md (Receipts) that judging a contribution can come to. */
export type RejectionCode =
  | 'too-large'
  | 'schema'
  | 'invalid-uln'
  | 'role-not-allowed'
  | 'no-such-learner'
  | 'link-conflict'
  | 'unknown-reference'
  | 'ambiguous-reference'
  | 'reference-taken'
  | 'stale-consent';

export interface Rejection {
  readonly code: RejectionCode;
  /** What is so and what to do, to be read by the sender's staff; holds nothing of the event. */
  readonly says: string;
  /** Of `ambiguous-reference`: whose thing it may be, as far as the sender may know of them. */
  readonly candidates?: readonly AgencySlug[];
  /** Of `link-conflict`. */
  readonly identifier?: LinkingIdentifier;
}

/** By which somebody is linked to a learner; of a conflict, the one of the sender's own that contradicts what it told before. */
export type LinkingIdentifier = 'localId' | 'uln';

export interface Accepted {
  readonly outcome: 'accepted';
  /** To be recorded with the contribution. */
  readonly notes?: Notes;
}

export interface Rejected {
  readonly outcome: 'rejected';
  readonly rejection: Rejection;
}

export type Outcome = Accepted | Rejected;

export const accepted = (notes?: Notes): Accepted => (notes ? { outcome: 'accepted', notes } : { outcome: 'accepted' });

export const rejected = (code: RejectionCode, says: string): Rejected => ({ outcome: 'rejected', rejection: { code, says } });

/** Several agencies' things have the id, and the sender may know of more than one. */
export const ambiguous = (kind: string, candidates: readonly AgencySlug[]): Rejected => ({
  outcome: 'rejected',
  rejection: {
    code: 'ambiguous-reference',
    says: `More than one agency has a ${kind} of this id for the learner. Say in \`of\` whose it is; \`candidates\` names them.`,
    candidates: [...new Set(candidates)].sort(),
  },
});

// Tables from event type to a function, so that each rule stands alone and no type is forgotten in a switch.

/** How a state moves on, by type of event. */
export type Steps<State> = { readonly [Type in ShortType]?: (state: State, event: Recorded<Type>) => State };

/** Folds one event in; types without a step leave the state as it is. */
export const evolveBy =
  <State>(steps: Steps<State>) =>
  (state: State, event: Recorded): State => {
    const step = steps[event.type] as ((state: State, event: Recorded) => State) | undefined;
    return step ? step(state, event) : state;
  };

/** How each of these types is judged. */
export type Judges<Type extends ShortType, Known, Judgement> = {
  readonly [One in Type]: (contribution: Contribution<One>, known: Known) => Judgement;
};

/** Judges by the table; throws where the type is none of its own, for then the caller chose the wrong table. */
export const decideBy =
  <Type extends ShortType, Known, Judgement>(judges: Judges<Type, Known, Judgement>) =>
  (contribution: Contribution<Type>, known: Known): Judgement => {
    const judge = judges[contribution.type];
    return judge(contribution, known);
  };

// Words that recur from learner to learner (slugs, protocols, scopes) are held once: a hundred thousand states share them.

const MOST = 20_000;
/** Characters of a key; what is longer is rarely met again. */
const LONGEST = 300;
const EMPTY: readonly string[] = Object.freeze([]);

/**
 * Gives the same value for the same key as long as it remembers. It forgets all when full: what was handed out stays right,
 * only no longer shared with what comes. For values of few kinds: never for what belongs to one learner.
 */
export const oneCopyEach = <Value>(): ((key: string, make: () => Value) => Value) => {
  const known = new Map<string, Value>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make();
    if (known.size >= MOST) known.clear();
    if (key.length <= LONGEST) known.set(key, value);
    return value;
  };
};

const words = oneCopyEach<string>();
const lists = oneCopyEach<readonly string[]>();

/** An equal string, the same one each time. */
export const oneCopy = (word: string): string => words(word, () => word);

/** An equal list, frozen, the same one each time. */
export const oneCopyOfList = (list: readonly string[]): readonly string[] =>
  list.length === 0 ? EMPTY : lists(JSON.stringify(list), () => Object.freeze(list.map(oneCopy)));

/** The list with the word in it, once. */
export const including = (list: readonly string[], word: string): readonly string[] =>
  list.includes(word) ? list : oneCopyOfList([...list, word]);

// How much each agency told of a learner on the latest day on which anybody did. It has a bound: what one sender tells must not crowd out
// what others told, nor make every decision about the learner slow.
// It counts the sender's own events alone, so it tells it of nobody else's.

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
