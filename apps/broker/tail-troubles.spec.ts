import { HELD_STATE, reasonsOfTail, saysOfTrouble, warningsOfTail } from './held-state.ts';

const unavailable = { code: 'unavailable' };
const corrupt = { code: 'corrupt', says: 'The stream agencies ends at revision 3. Stop the broker.' };
const none = new Map<string, never>();

describe('a broker', () => {
  it.each([
    ['the log cannot be read', { trouble: unavailable, troubles: none }],
    ['what is in memory cannot be kept current', { trouble: undefined, troubles: new Map([[HELD_STATE, unavailable]]) }],
  ])('is not ready while %s', (_, tail) => {
    expect(reasonsOfTail(tail)).toEqual([{ check: 'log', says: expect.stringMatching(/^The log cannot be followed.*\.$/) as string }]);
    expect(warningsOfTail(tail)).toEqual([]);
  });

  it('says what is to be done where a register was altered, whatever else is amiss', () => {
    const tail = { trouble: unavailable, troubles: new Map([[HELD_STATE, corrupt]]) };
    expect(reasonsOfTail(tail)).toEqual([{ check: 'log', says: corrupt.says }]);
  });

  it('is ready while notices or feeds come late, and says so', () => {
    const tail = { trouble: undefined, troubles: new Map([['notices', unavailable]]) };
    expect(reasonsOfTail(tail)).toEqual([]);
    expect(warningsOfTail(tail)).toEqual([{ check: 'log', says: saysOfTrouble(unavailable, 'notices') }]);
    expect(saysOfTrouble(unavailable, 'notices')).toBe(
      'What follows the log as notices cannot go on now (unavailable). It tries again by itself.',
    );
  });

  it('tells of views elsewhere', () => {
    expect(warningsOfTail({ trouble: undefined, troubles: new Map([['views', unavailable]]) })).toEqual([]);
  });
});
