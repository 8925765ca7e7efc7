import fc from 'fast-check';
import { isDate, isTimestamp } from './plain-values.ts';

describe('isDate', () => {
  it.each(['2026-01-31', '2024-02-29', '2000-02-29', '0001-12-31'])('holds %s a day', (text) => expect(isDate(text)).toBe(true));

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '26-01-01',
    '2026-1-1',
    'yesterday',
    '2026-01-01T00:00:00Z',
    '2026-01-01\n',
    '',
  ])('holds "%s" none', (text) => expect(isDate(text)).toBe(false));

  it('agrees with the calendar of Date', () => {
    const part = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), part(14), part(33), (year, month, day) => {
        const text = `${year}-${month}-${day}`;
        const at = new Date(`${text}T00:00:00Z`);
        expect(isDate(text)).toBe(!Number.isNaN(at.getTime()) && at.toISOString().startsWith(text));
      }),
    );
  });
});

describe('isTimestamp', () => {
  it.each(['2026-01-12T09:00:00Z', '2026-01-12T09:00:00.123456789+01:00', '2026-06-30t23:59:59z', '2026-01-12T09:00:00-00:00'])(
    'holds %s a time that Date can read',
    (text) => {
      expect(isTimestamp(text)).toBe(true);
      expect(Date.parse(text)).not.toBeNaN();
    },
  );

  it.each([
    '2026-01-12T09:00:00',
    '2026-01-12 09:00:00Z',
    '2026-01-12T24:00:00Z',
    '2026-01-12T09:60:00Z',
    '2026-06-30T23:59:60Z',
    '2026-02-30T09:00:00Z',
    '2026-01-12T09:00Z',
    '2026-01-12T09:00:00+0100',
    '2026-01-12T09:00:00+24:00',
    '2026-01-12T09:00:00.Z',
    'Mon, 12 Jan 2026 09:00:00 GMT',
    '2026-01-12',
  ])('holds %s none', (text) => expect(isTimestamp(text)).toBe(false));
});
