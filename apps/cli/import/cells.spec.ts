import { hasLostZero, readCell } from './cells.ts';

describe('a cell that is a day', () => {
  it.each([
    ['2026-09-07', '2026-09-07'],
    ['2026-09-07T00:00:00', '2026-09-07'],
    ['07/09/2026', '2026-09-07'],
    ['7.9.2026', '2026-09-07'],
    ['07/09/2026 00:00', '2026-09-07'],
  ])('%s is read', (cell, value) => {
    expect(readCell('date', cell)).toEqual({ ok: true, value });
  });

  it.each([
    ['07/09/26', /four digits/],
    ['46272', /format the column as a date/],
    ['September', /2026-09-07 or 07\/09\/2026/],
  ])('%s is refused with what to do', (cell, says) => {
    expect(readCell('date', cell)).toEqual({ ok: false, error: expect.stringMatching(says) });
  });
});

describe('a cell that is an id', () => {
  it('which a spreadsheet rounded is refused', () => {
    expect(readCell('id', '3.10422E+09')).toEqual({ ok: false, error: expect.stringContaining('format the column as text') });
    expect(readCell('id', 'BCT-1')).toEqual({ ok: true, value: 'BCT-1' });
  });
});

describe('other cells', () => {
  it.each([
    ['number', '4', 4],
    ['number', '3,5', 3.5],
    ['flag', 'Yes', true],
    ['flag', '0', false],
  ] as const)('a %s of %s', (kind, cell, value) => {
    expect(readCell(kind, cell)).toEqual({ ok: true, value });
  });

  it.each([
    ['number', 'four'],
    ['flag', 'perhaps'],
  ] as const)('no %s: %s', (kind, cell) => {
    expect(readCell(kind, cell)).toMatchObject({ ok: false });
  });

  it('tell a telephone number that lost its zero', () => {
    expect(['7700 900123', '1902 555 010', '07700 900123', 'aisha@example.org'].map(hasLostZero)).toEqual([true, true, false, false]);
  });
});
