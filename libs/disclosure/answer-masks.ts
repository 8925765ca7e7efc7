// What some clauses show otherwise than it was told: another agency's service in disguise, one's own choice alone, ids of agencies as pairwise ones.
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

const IN_DISGUISE = 'other-agency';

/** Whose it is does not show in the data either: neither by name nor, where it is one of these, by the way that a referral came. */
export const disguised = ({ of: _whose, ...data }: Data, routes: readonly string[]): Data =>
  routes.some((route) => route === data['route']) ? { ...data, route: IN_DISGUISE } : data;

/** Of an application, what concerns the recipient. Their order would tell which one the learner prefers. */
export const ownChoices = (data: Data, recipient: AgencySlug): Data => {
  const { choices } = data;
  return Array.isArray(choices) ? { ...data, choices: choices.filter((one) => agencyIn(one) === recipient).sort(byText) } : data;
};

const agencyIn = (choice: unknown): unknown => (choice as { readonly agency?: unknown } | null)?.agency;

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

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
