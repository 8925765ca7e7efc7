// The queries for what the broker keeps beside the learners' records, and for the data manager's queue, as offices ask them.
import type { OfficeAsker } from '#access';
import { Query } from '#bus';
import type { Explanation, Look, MatchNumbers, NamedLearner, NotNamed, ToExplain } from '#disclosure';
import type { AgencySlug, LearnerId, Position, Result } from '#kernel';
import type { QueueKind } from '#learner-file';
import type { DisclosureEntry, MatchStateAsked, NoticeEntry } from '#read-models';
import type { CursorUnknown } from './egress.handlers.ts';
import type { Comparison, ConflictShown, QueueFinding, RecordShown } from './queue-findings.ts';

interface Asking {
  readonly asker: OfficeAsker;
}

export interface WhoSawWhat {
  /** Where one was named. */
  readonly learner?: LearnerId;
  /** The latest first. */
  readonly rows: readonly DisclosureEntry[];
}

export interface DisclosuresAsked extends Asking {
  readonly about?: NamedLearner;
  readonly recipient?: string;
  readonly limit: number;
}

export class AskWhoSawWhat extends Query<DisclosuresAsked, Result<Look<WhoSawWhat>, NotNamed>> {}

/** As text: a message is a JWS as it came, or its beginning; an event is its JSON. Undefined where it was erased. */
export interface QuarantineContent {
  readonly text: string;
  /** SHA-256 of the whole, where only its beginning was kept. */
  readonly digest?: string;
}

export class AskForQuarantineContent extends Query<Asking & { readonly entry: number }, Look<QuarantineContent | undefined>> {}

export type ExplanationAsked = Asking & Pick<NamedLearner, 'ref'> & ToExplain;

export interface PurposeUnknown {
  readonly code: 'purpose-unknown';
  readonly says: string;
}

export class AskForExplanation extends Query<ExplanationAsked, Result<Look<Explanation | undefined>, NotNamed | PurposeUnknown>> {}

export interface IssuedNoticesAsked extends Asking {
  readonly recipient?: AgencySlug;
  /** Those alone that were not answered in time. */
  readonly overdue?: true;
}

export class AskForIssuedNotices extends Query<IssuedNoticesAsked, Look<readonly NoticeEntry[]>> {}

export type FindingsShown =
  | { readonly outcome: 'answered'; readonly findings: readonly QueueFinding[]; readonly next?: string }
  | { readonly outcome: 'not-permitted' }
  | CursorUnknown;

export interface FindingsAsked extends Asking {
  /** With `decided`, or what was decided, the decisions are told too. */
  readonly state?: MatchStateAsked;
  readonly kind?: QueueKind;
  /** The `next` of an earlier answer to the same question: further ties that wait. */
  readonly cursor?: string;
}

/** What contributions wait for comes first, then the oldest. Of ties that wait a page, beside the first of which all else is told. */
export class AskForDataQuality extends Query<FindingsAsked, FindingsShown> {}

export interface MatchShown extends Comparison {
  readonly outcome: 'answered';
  readonly finding: QueueFinding;
  /** One where the two are merged. */
  readonly records: readonly RecordShown[];
  /** Of identifiers in conflict: all about these learners. */
  readonly conflicts: readonly ConflictShown[];
  /** Of two who have a ULN each, and none in common: between them is to be chosen where the two are one. Else empty. */
  readonly numbers: readonly MatchNumbers[];
  readonly position: Position;
}

/** Side by side; recorded as a look at each of the learners. Undefined: there is no such match. */
export class AskForMatch extends Query<
  Asking & { readonly match: string },
  MatchShown | { readonly outcome: 'not-permitted' } | undefined
> {}
