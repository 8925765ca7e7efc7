// Ids that agencies made, as pairwise ones: for clauses that do not say who the learner is.
import type { AgencySlug, LearnerId } from '#kernel';
import { pairwiseThingId, type Vault } from '#privacy';

/** Whom an answer goes to, and about whom it is. */
export interface AnswerTo {
  readonly recipient: AgencySlug;
  readonly learner: LearnerId;
  /** Names of the fields that the recipient supplied itself. */
  readonly supplied: readonly string[];
  readonly names: Pick<Vault, 'blind'>;
}

type Data = Readonly<Record<string, unknown>>;

/** Ids are an agency's own names for things of a learner: whoever sees them in two places could say who it is. */
export const withPairwiseIds = (data: Data, { names, recipient, learner }: AnswerTo): Data => {
  const inPlaceOf = (value: unknown): unknown => {
    if (typeof value === 'string') return pairwiseThingId(names, recipient, { learner, id: value });
    return Array.isArray(value) ? value.map(inPlaceOf) : inside(value);
  };
  const inside = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, namesThings(name) ? inPlaceOf(one) : one])) : value;
  return inside(data) as Data;
};

/** Whose thing it is, and lists or objects that name assessments: their names do not say that they hold ids. */
const ALSO: ReadonlySet<string> = new Set(['of', 'assessments', 'basedOn', 'supersedes']);

export const namesThings = (property: string): boolean => property.endsWith('Id') || ALSO.has(property);
