// All words of learners' pages, in both languages.
import type { Language, WordsIn } from '../words/index.ts';
import { PAGE_WORDS_CY } from './page-words-cy.ts';
import { PAGE_WORDS_EN } from './page-words-en.ts';
import { KEEP_WORDS } from './words-keep.ts';
import { KIND_WORDS } from './words-kinds.ts';
import { SAFETY_WORDS } from './words-safety.ts';

export const LEARNER_WORDS = {
  en: { ...KIND_WORDS.en, ...KEEP_WORDS.en, ...SAFETY_WORDS.en, ...PAGE_WORDS_EN },
  cy: { ...KIND_WORDS.cy, ...KEEP_WORDS.cy, ...SAFETY_WORDS.cy, ...PAGE_WORDS_CY },
} as const satisfies WordsIn;

/** Undefined where there is no word for it. */
export const knownWord = (language: Language, group: string, name: string): string | undefined =>
  (LEARNER_WORDS[language] as Readonly<Record<string, string>>)[`${group}.${name}`];

/** The word for something that may be new: by its own name where there is none. */
export const wordFor = (language: Language, group: string, name: string): string =>
  knownWord(language, group, name) ?? name.replaceAll('-', ' ');

export type WordKey = keyof (typeof LEARNER_WORDS)['en'];
