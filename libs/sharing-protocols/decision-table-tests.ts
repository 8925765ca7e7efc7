// What a cell asks of an item: its facts, whom they name, whose thing it answers, and since when its programme runs.
import type { ItemFacts, Question } from './decision.ts';
import type { To, When } from './language.ts';

export interface Test {
  readonly key: string;
  readonly holds: (question: Question) => boolean;
}

type Facts = ItemFacts['facts'];

const holdsOneOf = (facts: Facts, [field, values]: readonly [string, readonly string[]]): boolean => {
  const value = facts[field];
  return value !== undefined && values.includes(value);
};

/** Each field that `when` names holds one of its values. */
export const factsMatch = (when: When | undefined, facts: Facts): boolean =>
  when === undefined || Object.entries(when).every((field) => holdsOneOf(facts, field));

const whenKey = (when: When): string =>
  JSON.stringify(
    Object.keys(when)
      .sort()
      .map((field) => [field, [...(when[field] ?? [])].sort()]),
  );

export const whenTest = (when: When): Test => {
  const fields = Object.entries(when);
  return { key: whenKey(when), holds: ({ item: { facts } }) => fields.every((field) => holdsOneOf(facts, field)) };
};

/** The item names the recipient where `to` asks for that; undefined: it does not ask. */
export const namedTest = ({ namedIn, namedInWherePresent }: To): Test | undefined => {
  if (namedIn !== undefined) return { key: `named in ${namedIn}`, holds: ({ item, recipient }) => item.facts[namedIn] === recipient };
  if (namedInWherePresent === undefined) return undefined;
  return {
    key: `named in ${namedInWherePresent} where present`,
    holds: ({ item, recipient }) => (item.facts[namedInWherePresent] ?? recipient) === recipient,
  };
};

const ANSWERS: Test = { key: 'answers', holds: ({ item, recipient }) => item.answers === recipient };

/** The same for what the item answers. */
export const answersTest = ({ answers }: To): Test | undefined => (answers === undefined ? undefined : ANSWERS);

const begunSince = ({ item: { source, begun }, referred }: Question): boolean => {
  const day = referred?.get(source);
  return day !== undefined && begun !== undefined && day <= begun;
};

const SINCE: Test = { key: 'since', holds: begunSince };

/** The same for the day of the referral. */
export const sinceTest = ({ since }: To): Test | undefined => (since === undefined ? undefined : SINCE);
