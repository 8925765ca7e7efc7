// What some clauses show otherwise than it was told: ids as pairwise ones, choices without their order, words without names.
import type { AgencySlug, LearnerId } from '#kernel';
import { folded } from '#learners';
import { pairwiseThingId, type Vault } from '#privacy';

/** Whom an answer goes to, and about whom it is. */
export interface AnswerTo {
  readonly recipient: AgencySlug;
  readonly learner: LearnerId;
  /** The ULN that the recipient supplied itself: it may be told that one, and no other. */
  readonly uln?: string | undefined;
  readonly names: Pick<Vault, 'blind'>;
  /** By what the learner may be called, folded; none of what is about nobody. */
  readonly called?: () => ReadonlySet<string>;
}

type Data = Readonly<Record<string, unknown>>;

/** Also of its own choices the recipient is not told which one comes first. */
export const unranked = (data: Data): Data => {
  const { choices } = data;
  return Array.isArray(choices) ? { ...data, choices: [...(choices as readonly unknown[])].sort(byText) } : data;
};

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** Ids are an agency's own names for things of a learner: whoever sees them in two places could say who it is. */
export const withPairwiseIds = (data: Data, { names, recipient, learner }: AnswerTo): Data => {
  const inPlaceOf = (value: unknown): unknown => {
    if (typeof value === 'string') return pairwiseThingId(names, recipient, { learner, id: value });
    return Array.isArray(value) ? value.map(inPlaceOf) : inside(value);
  };
  const inside = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, namesThings(name) ? inPlaceOf(one) : one]))
      : value;
  return inside(data) as Data;
};

/** Whose thing it is, and lists or objects that name assessments: their names do not say that they hold ids. */
const ALSO: ReadonlySet<string> = new Set(['of', 'assessments', 'basedOn', 'supersedes']);

export const namesThings = (property: string): boolean => property.endsWith('Id') || ALSO.has(property);

/** What people write, in which a learner may be called by name. */
const WRITTEN: readonly string[] = ['comment', 'note'];
const WORD = /[\p{L}\p{M}]+/gu;
/** Of a name of several parts a part so long is enough. */
const PART_LETTERS = 4;
const HIDDEN = '…';

const callsOne = (word: string, names: ReadonlySet<string>): boolean => {
  const plain = folded(word);
  if (names.has(plain)) return true;
  return plain.length >= PART_LETTERS && [...names].some((name) => name.startsWith(plain) || name.endsWith(plain));
};

/** Whoever is shown something without whose it is is not told it by what somebody wrote (views.md, S21). `names`: folded. */
export const withoutNames = (data: Data, names: ReadonlySet<string>): Data => {
  if (names.size === 0 || !WRITTEN.some((name) => typeof data[name] === 'string')) return data;
  const hidden = (text: string): string => text.replaceAll(WORD, (word) => (callsOne(word, names) ? HIDDEN : word));
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' && WRITTEN.includes(name) ? hidden(value) : value]),
  );
};
