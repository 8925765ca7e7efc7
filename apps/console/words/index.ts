// Words of the pages in both languages (console.md, 7). A key that one language lacks does not compile.
import { SHELL_WORDS } from './shell.ts';

export const LANGUAGES = ['en', 'cy'] as const;
export type Language = (typeof LANGUAGES)[number];

/** In each language the same keys; `{name}` stands for what is put in. */
export type WordsIn = Readonly<Record<Language, Readonly<Record<string, string>>>>;

const BY_LANGUAGE: WordsIn = SHELL_WORDS;

export type Fill = Readonly<Record<string, string | number>>;

/** Throws where there is no such word: a page without it would show a hole. */
export const word = (language: Language, key: string, fill: Fill = {}, words: WordsIn = BY_LANGUAGE): string => {
  const text = words[language][key];
  if (text === undefined) throw new Error(`There is no word ${key} in ${language}.`);
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => String(fill[name] ?? ''));
};
