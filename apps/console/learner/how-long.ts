// How long somebody keeps something, in words of either language, of an ISO 8601 duration as agreements state it. Pure.
import type { Language } from '../words/index.ts';

type Unit = 'Y' | 'M' | 'D';
type Words = Readonly<Record<Unit, (count: number) => string>>;

const counted =
  (one: string, many: string) =>
  (count: number): string =>
    `${count} ${count === 1 ? one : many}`;

const WORDS: Readonly<Record<Language, Words>> = {
  en: { Y: counted('year', 'years'), M: counted('month', 'months'), D: counted('day', 'days') },
  // After a number Welsh nouns stand in the singular; a year is another word then, and mutates after two.
  cy: {
    Y: (count) => `${count} ${count === 1 ? 'flwyddyn' : count === 2 ? 'flynedd' : 'blynedd'}`,
    M: counted('mis', 'mis'),
    D: counted('diwrnod', 'diwrnod'),
  },
};

const PARTS = /(\d+)([YMD])/g;

export const howLong = (language: Language, duration: string): string =>
  [...duration.matchAll(PARTS)].map(([, count, unit]) => WORDS[language][unit as Unit](Number(count))).join(', ');
