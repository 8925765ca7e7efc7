// What agreements and the table of categories say to learners: short sentences without the law's words, in both languages (console.md, 7).
import { CATEGORIES, categoryCode } from '#catalogue';
import { protocolsReadyToSign, shippedProtocols } from './shipped.ts';

const LONGEST_SENTENCE = 25;
const ON_AVERAGE = 15;

/** By how they begin, but for those that no learner-facing sentence may hold anywhere. */
const BARRED = {
  en: /\b(?:controller|processor|disclos|lawful basis|withdraw|revoke|projection|data subject|pursuant)/i,
  cy: /\b(?:rheolydd|prosesydd|datgel|sail gyfreithlon|dirymu|testun y data|yn unol â)/i,
} as const;

const sentences = [
  ...CATEGORIES.flatMap((category) => categoryCode(category).learner ?? []),
  ...[...shippedProtocols(), ...protocolsReadyToSign()].flatMap(({ purposes }) => purposes.map(({ sentence }) => sentence)),
];
const lengthsIn = (text: string): readonly number[] => text.split(/(?<=[.?!])\s+/).map((one) => one.split(/\s+/).length);

describe.each(['en', 'cy'] as const)('what is said to learners in %s', (language) => {
  const texts = sentences.map((one) => one[language]);

  it('is there, and is read at the age of nine to eleven', () => {
    const lengths = texts.flatMap(lengthsIn);
    expect(texts.filter((text) => text.trim() === '' || lengthsIn(text).some((length) => length > LONGEST_SENTENCE))).toEqual([]);
    expect(lengths.reduce((sum, one) => sum + one, 0) / lengths.length).toBeLessThan(ON_AVERAGE);
  });

  it('uses none of the words that are barred', () => expect(texts.filter((text) => BARRED[language].test(text))).toEqual([]));
});
