import fc from 'fast-check';
import { checkUln } from './plain-values.ts';

const nineDigits = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);
const remainder = (digits: string): number => [...digits].reduce((sum, digit, i) => sum + Number(digit) * (10 - i), 0) % 11;

describe('checkUln', () => {
  it.each(['9276308686', '1000000000', '1234567899'])('holds %s valid', (uln) => expect(checkUln(uln)).toBe(true));

  it.each([
    '1234567890',
    '9999999999',
    '0123456789',
    '0000000009',
    '927630868',
    '92763086860',
    '',
    ' 9276308686',
    '927630868a',
    '９２７６３０８６８６',
  ])('holds "%s" invalid', (uln) => expect(checkUln(uln)).toBe(false));

  it('accepts for nine digits exactly the check digit 10 minus their remainder, and none where the remainder is 0', () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const valid = Array.from({ length: 10 }, (_, check) => `${digits}${check}`).filter(checkUln);
        const expected = remainder(digits) === 0 ? [] : [`${digits}${10 - remainder(digits)}`];
        expect(valid).toEqual(expected);
      }),
    );
  });

  it('notices every change of a single digit', () => {
    const valid = nineDigits.filter((digits) => remainder(digits) !== 0).map((digits) => `${digits}${10 - remainder(digits)}`);
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (uln, at, shift) => {
        const changed = (Number(uln[at]) + shift) % 10;
        expect(checkUln(uln.slice(0, at) + changed + uln.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('tells any two digits that were swapped, and any one that was mistaken: no such number passes, so none is another learner’s', () => {
    const swapped = (uln: string, a: number, b: number): string =>
      [...uln].map((digit, place) => (place === a ? uln[b] : place === b ? uln[a] : digit)).join('');
    const place = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(nineDigits, place, place, fc.integer({ min: 0, max: 9 }), (digits, a, b, digit) => {
        fc.pre(remainder(digits) !== 0);
        const uln = `${digits}${10 - remainder(digits)}`;
        const mistaken = uln.slice(0, a) + String(digit) + uln.slice(a + 1);
        for (const other of [swapped(uln, a, b), mistaken]) expect(other === uln || !checkUln(other)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
