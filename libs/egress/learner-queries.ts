// The queries about one learner: what each takes of the learner's record.
import type { Caller } from '#access';
import { type Answer, type Disclosure, type FEED, type PageOrder, wantedAsExisting } from '#disclosure';
import type { RecordItem } from '#learner-record';

export const LEARNER_QUERIES = ['passport', 'assessments', 'timeline'] as const;
export type LearnerQueryName = (typeof LEARNER_QUERIES)[number];

/** Asks for nothing but the caller's own name for the learner. */
export const LOOKUP = 'lookup';

/** All that may be asked about a learner. */
export type LearnerQuestion = LearnerQueryName | typeof LOOKUP;

const ASSESSMENT_CATEGORIES: ReadonlySet<string> = new Set(['assessment', 'apir', 'risk-of-failing', 'risk-of-reoffending']);

const WANTED: Readonly<Record<LearnerQuestion | typeof FEED, (item: RecordItem) => boolean>> = {
  passport: () => true,
  timeline: () => true,
  feed: () => true,
  assessments: ({ category }) => ASSESSMENT_CATEGORIES.has(category),
  lookup: () => false,
};

const isQuestion = (asked: string): asked is keyof typeof WANTED => Object.hasOwn(WANTED, asked);

const NOTHING = (): boolean => false;

/** Which items a recorded question took, by the name that its decision keeps. */
export const wantedBy = (asked: string): ((item: RecordItem) => boolean) =>
  wantedAsExisting(asked) ?? (isQuestion(asked) ? WANTED[asked] : NOTHING);

/** A timeline is told by time; all else as it was recorded, so that nothing that comes later stands before it. */
export const orderOf = (query: LearnerQuestion): { readonly order?: PageOrder } => (query === 'timeline' ? { order: 'told' } : {});

const PURPOSE = '[a-z0-9][a-z0-9-]{0,63}';

/**
 * Of a `Purpose` header: one to 20 purposes, separated by commas; those that are known, or any where none is.
 * Elements may be empty (RFC 9110 section 5.6.1).
 */
export const purposePattern = (known: readonly string[] = []): string => {
  const purpose = known.length === 0 ? PURPOSE : `(?:${known.join('|')})`;
  return `^[ \\t,]*${purpose}(?:[ \\t]*,[ \\t,]*${purpose}){0,19}[ \\t,]*$`;
};

export interface AskedPage {
  /** The `next` of the page before, as it came; absent for the first one. */
  readonly cursor?: string;
  readonly limit: number;
}

/** As `Disclosure`, but what leads to a further page is sealed for the caller. */
export type PagedDisclosure = Exclude<Disclosure, Answer> | (Omit<Answer, 'next'> & { readonly next?: string }) | CursorUnknown;

/** The cursor is none that the caller was given: nothing was looked at. */
export interface CursorUnknown {
  readonly outcome: 'cursor-unknown';
}

export class AskAboutLearner {
  readonly query: LearnerQuestion;
  readonly caller: Caller;
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly page: AskedPage;

  constructor(
    query: LearnerQuestion,
    caller: Caller,
    asked: { readonly ref: string; readonly purposes: readonly string[]; readonly page: AskedPage },
  ) {
    this.query = query;
    this.caller = caller;
    this.ref = asked.ref;
    this.purposes = asked.purposes;
    this.page = asked.page;
  }
}
