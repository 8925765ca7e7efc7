// What learners read: short sentences, none of the law's words, and every one of them in both languages (console.md, 7).
import { learnersCircle } from '../pictures/learners-circle.ts';
import { averageLength, BARRED, lengthOf, LONGEST_SENTENCE, ON_AVERAGE, sentencesIn } from '../words/fixtures/plain-words.ts';
import { type Language, LANGUAGES } from '../words/index.ts';
import { SHELL_WORDS } from '../words/shell.ts';
import { LEARNER_WORDS } from './words.ts';

const CHILDLINE = '0800 1111';
/** ico.org.uk, “How you can contact us” and “Service standards”: the helpline, and the one in Welsh. */
const ICO = { en: '0303 123 1113', cy: '0330 414 6421' } as const;
const LOOKED_UP: readonly string[] = [CHILDLINE, ...Object.values(ICO)];

/** Of the picture, whatever is drawn. */
const circleWords = (language: Language): Readonly<Record<string, string>> => {
  const drawn = (...states: readonly ('knows' | 'told-to-stop')[]) =>
    learnersCircle(
      'x',
      states.map((state) => ({ agency: 'x', kinds: ['x'], state })),
      language,
    );
  const pictures = [drawn(), drawn('knows'), drawn('knows', 'knows', 'told-to-stop', 'told-to-stop')];
  const texts = pictures.flatMap(({ title, description, tables }) => [title, description, ...tables.flatMap(({ rows }) => rows.flat())]);
  return Object.fromEntries(texts.map((text, place) => [`circle ${place}`, String(text)]));
};

describe.each(LANGUAGES)('words of learners’ pages in %s', (language) => {
  const texts = Object.entries<string>({ ...SHELL_WORDS[language], ...LEARNER_WORDS[language], ...circleWords(language) });

  it('are read at the age of nine to eleven', () => {
    expect(texts.filter(([, text]) => sentencesIn(text).some((one) => lengthOf(one) > LONGEST_SENTENCE))).toEqual([]);
    expect(averageLength(texts.flatMap(([, text]) => sentencesIn(text)))).toBeLessThan(ON_AVERAGE);
  });

  it('are none that are barred', () => {
    const barred = texts.filter(([, text]) => BARRED[language].some((word) => text.toLowerCase().includes(word)));
    expect(barred).toEqual([]);
  });

  it('name no telephone but those that were looked up', () => {
    const numbers = texts.flatMap(([, text]) => text.match(/\b0\d{2,3}[ \d]{4,}\d\b/g) ?? []);
    expect(numbers.filter((number) => !LOOKED_UP.includes(number))).toEqual([]);
    expect(numbers).toEqual(expect.arrayContaining([CHILDLINE, ICO[language]]));
  });

  it('leave nothing open', () => expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]));
});

it('say the same with the same blanks in both languages', () => {
  const blanksIn = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
  const en = Object.fromEntries(Object.entries<string>(LEARNER_WORDS.en).map(([key, text]) => [key, blanksIn(text)]));
  const cy = Object.fromEntries(Object.entries<string>(LEARNER_WORDS.cy).map(([key, text]) => [key, blanksIn(text)]));
  expect(cy).toEqual(en);
});
