// What learners read: short sentences, none of the law's words, and every one of them in both languages (console.md, 7).
import { LANGUAGES } from '../words/index.ts';
import { LEARNER_WORDS } from './words.ts';

const LONGEST_SENTENCE = 25;
const ON_AVERAGE = 15;

/** Words of the law and of the craft, in both languages, by how they begin. */
const BARRED = {
  en: ['controller', 'processor', 'disclos', 'lawful basis', 'withdraw', 'revoke', 'projection', 'data subject', 'pursuant', 'purpose of'],
  cy: ['rheolydd', 'prosesydd', 'datgel', 'sail gyfreithlon', 'tynnu’n ôl eich', 'dirymu', 'testun y data', 'yn unol â'],
} as const;

const sentencesIn = (text: string): readonly string[] =>
  text
    .replaceAll(/\{\w+\}/g, 'x')
    .split(/(?<=[.?!])\s+/)
    .filter((sentence) => sentence !== '');
const lengthOf = (sentence: string): number => sentence.split(/\s+/).length;

describe.each(LANGUAGES)('words of learners’ pages in %s', (language) => {
  const texts = Object.entries<string>(LEARNER_WORDS[language]);

  it('are read at the age of nine to eleven', () => {
    const lengths = texts.flatMap(([, text]) => sentencesIn(text)).map(lengthOf);
    expect(texts.filter(([, text]) => sentencesIn(text).some((one) => lengthOf(one) > LONGEST_SENTENCE))).toEqual([]);
    expect(lengths.reduce((sum, one) => sum + one, 0) / lengths.length).toBeLessThan(ON_AVERAGE);
  });

  it('are none that are barred', () => {
    const barred = texts.filter(([, text]) => BARRED[language].some((word) => text.toLowerCase().includes(word)));
    expect(barred).toEqual([]);
  });

  it('leave nothing open', () => expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]));
});

it('say the same with the same blanks in both languages', () => {
  const blanksIn = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
  const en = Object.fromEntries(Object.entries<string>(LEARNER_WORDS.en).map(([key, text]) => [key, blanksIn(text)]));
  const cy = Object.fromEntries(Object.entries<string>(LEARNER_WORDS.cy).map(([key, text]) => [key, blanksIn(text)]));
  expect(cy).toEqual(en);
});
