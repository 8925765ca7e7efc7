// The queries about one learner: what each takes of the learner's record.
import type { Caller } from '#access';
import type { Answer, Disclosure, FEED } from '#disclosure';
import type { RecordItem } from '#learner-record';

export const LEARNER_QUERIES = ['passport', 'assessments', 'timeline'] as const;
export type LearnerQueryName = (typeof LEARNER_QUERIES)[number];

const ASSESSMENT_CATEGORIES: ReadonlySet<string> = new Set(['assessment', 'apir', 'risk-of-failing', 'risk-of-reoffending']);

/** Which items a query takes: the passport, the timeline and a feed all of them. */
export const wantedBy = (query: LearnerQueryName | typeof FEED): ((item: RecordItem) => boolean) =>
  query === 'assessments' ? (item) => ASSESSMENT_CATEGORIES.has(item.category) : () => true;

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
  readonly query: LearnerQueryName;
  readonly caller: Caller;
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly page: AskedPage;

  constructor(query: LearnerQueryName, caller: Caller, asked: { readonly ref: string; readonly purposes: readonly string[]; readonly page: AskedPage }) {
    this.query = query;
    this.caller = caller;
    this.ref = asked.ref;
    this.purposes = asked.purposes;
    this.page = asked.page;
  }
}
