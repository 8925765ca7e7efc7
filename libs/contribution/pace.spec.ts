import { evolvePace, initialPace, overDailyLimit, type Pace } from './contribution.ts';

const NOON = Date.parse('2026-01-05T12:00:00Z');
const HOUR = 3_600_000;
const after = (events: number, source: string, at = NOON, start: Pace = initialPace): Pace =>
  Array.from({ length: events }).reduce<Pace>((pace) => evolvePace(pace, source, at), start);
const codeOf = (
  pace: Pace,
  source: string,
  { type = 'attendance.concern', at = NOON }: { readonly type?: Parameters<typeof overDailyLimit>[1]['type']; readonly at?: number } = {},
) => overDailyLimit(pace, { source, type, at, most: 5 })?.rejection.code;

describe('what one agency tells of one learner in a day', () => {
  it('has a bound', () => {
    expect([codeOf(initialPace, 'forge'), codeOf(after(4, 'forge'), 'forge'), codeOf(after(5, 'forge'), 'forge')]).toEqual([
      undefined,
      undefined,
      'too-large',
    ]);
  });

  it('leaves others as much as if nothing had been told', () => {
    const pace = after(4, 'anvil', NOON, after(100, 'forge'));
    expect([codeOf(pace, 'forge'), codeOf(pace, 'anvil'), codeOf(pace, 'north')]).toEqual(['too-large', undefined, undefined]);
  });

  it('always leaves room for what the learner decides and for what narrows', () => {
    const always = [
      'consent.given',
      'consent.withdrawn',
      'restriction.requested',
      'objection.raised',
      'record.retracted',
      'notice.acknowledged',
    ] as const;
    for (const type of always)
      expect([codeOf(after(9, 'forge'), 'forge', { type }), codeOf(after(10, 'forge'), 'forge', { type })]).toEqual([
        undefined,
        'too-large',
      ]);
  });

  it('begins anew with the day in London, and not when a clock was set back', () => {
    const pace = after(5, 'forge', Date.parse('2026-07-05T22:59:00Z'));
    expect(codeOf(pace, 'forge', { at: Date.parse('2026-07-05T22:59:59Z') })).toBe('too-large');
    expect(codeOf(pace, 'forge', { at: Date.parse('2026-07-05T23:00:00Z') })).toBeUndefined();
    expect(codeOf(pace, 'forge', { at: Date.parse('2026-07-04T12:00:00Z') })).toBe('too-large');
    expect(codeOf(after(1, 'forge', NOON - 48 * HOUR, after(4, 'forge')), 'forge')).toBe('too-large');
  });

  it('keeps nothing of the days before', () => {
    expect(after(1, 'forge', NOON + 24 * HOUR, after(3, 'anvil'))).toEqual({ day: '2026-01-06', told: { forge: 1 } });
  });
});
