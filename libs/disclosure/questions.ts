// What may be asked about one learner, by the name that its decision keeps: which items each question takes, and in which order they are
// told.
import type { RecordItem } from '#learner-record';
import type { PageOrder } from './answer-page.ts';
import type { DecisionInputs, RowAsked } from './decision-record.ts';
import { wantedAsExisting } from './existing-assessment.ts';
import { FEED } from './feed-gate.ts';

export const LEARNER_QUERIES = ['passport', 'assessments', 'timeline'] as const;
export type LearnerQueryName = (typeof LEARNER_QUERIES)[number];

/** Asks for nothing but the asker's own name for the learner. */
export const LOOKUP = 'lookup';

/** All that may be asked about a learner. */
export type LearnerQuestion = LearnerQueryName | typeof LOOKUP;

const ASSESSMENT_CATEGORIES: ReadonlySet<string> = new Set(['assessment', 'apir', 'risk-of-failing', 'risk-of-reoffending']);

type Wants = (item: RecordItem) => boolean;

const WANTED: Readonly<Record<LearnerQuestion | typeof FEED, Wants>> = {
  passport: () => true,
  timeline: () => true,
  [FEED]: () => true,
  assessments: ({ category }) => ASSESSMENT_CATEGORIES.has(category),
  lookup: () => false,
};

const isQuestion = (asked: string): asked is keyof typeof WANTED => Object.hasOwn(WANTED, asked);

/** Which items a recorded question took. Throws where nobody could have asked it: what is asked has to have a meaning to be recorded. */
export const wantedBy = (asked: string): Wants => {
  const wants = wantedAsExisting(asked) ?? (isQuestion(asked) ? WANTED[asked] : undefined);
  if (wants === undefined) throw new Error('The log records a question that this release does not know: it was written by a later one.');
  return wants;
};

/** Which items a row takes; the merged identity stands at no revision. */
export const wantedInRow = ({ anchor, beside, only }: RowAsked): Wants => {
  const types = new Set([...anchor, ...beside]);
  const revisions = only && new Set(only);
  return ({ type, revision }) => types.has(type) && (revisions === undefined || revision < 0 || revisions.has(revision));
};

/** Which items a recorded decision took. */
export const wantedThen = ({ asked, row }: Pick<DecisionInputs, 'asked' | 'row'>): Wants =>
  row === undefined ? wantedBy(asked) : wantedInRow(row);

/** A timeline is told by time; all else as it was recorded, so that nothing that comes later stands before it. */
export const orderOf = (query: LearnerQuestion): { readonly order?: PageOrder } => (query === 'timeline' ? { order: 'told' } : {});
