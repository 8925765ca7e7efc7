// When work is of the same kind, and how near two areas are (views.md, S18).
import { shippedCodes } from '#catalogue';
import { isSameWork, nearnessOf } from './placement-matches.answer.ts';

it.each([
  ['Catering', 'Kitchen porter', true],
  ['catering', 'Trainee CHEF (nights)', true],
  ['Joinery', 'Joinery trainee', true],
  ['Upholsterer', 'upholsterer, Penn', true],
  ['Hairdressing', 'Salon junior', true],
  ['Catering', 'Pattern maker', false],
  ['Office', 'Officer cadet', false],
  ['Care', 'Car valeting', false],
  [null, 'Kitchen porter', false],
  ['Catering', null, false],
])('%s is met by %s: %s', (sought, title, expected) => expect(isSameWork(sought, title)).toBe(expected));

const OF_ONE = [['WV1', 'B1', 'WS1']];

it.each([
  ['WV1', 'wv1', 'same-area'],
  ['WV1 1AA', 'WV1', 'same-area'],
  ['Bilston', 'BILSTON', 'same-area'],
  ['WV1', 'WV10', 'neighbouring'],
  ['WV10', 'WV1', 'neighbouring'],
  ['WV1', 'B1', 'same-partnership'],
  ['WV1', 'B11', undefined],
  ['WV1', 'Bilston', undefined],
  [null, 'WV1', undefined],
])('from %s to %s: %s', (from, to, nearness) => expect(nearnessOf(from, to, OF_ONE)).toBe(nearness));

it('the table of occupations has for each group its major group and words that are written plainly', () => {
  for (const { code, major, words } of shippedCodes().occupations.codes) {
    expect(code.startsWith(String(major))).toBe(true);
    expect(words.every((word) => /^[a-z]+(?: [a-z]+)*$/.test(word))).toBe(true);
  }
});

it('no area is its own neighbour, and each pair stands once', () => {
  const pairs = shippedCodes()['area-neighbours'].codes.flatMap(({ code, neighbours }) =>
    neighbours.map((other) => [code, other].toSorted().join(' ')),
  );
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(pairs.filter((pair) => new Set(pair.split(' ')).size === 1)).toEqual([]);
});
