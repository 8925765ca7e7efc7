import type { Contribution } from '#contribution';
import { connexions, consent, recorded, told } from '#contribution/fixtures';
import { evolveConsents, initialConsents } from './consent.ts';
import { consentsChangeAt } from './effective.ts';

const given = (...contributions: readonly Contribution[]) => recorded(...contributions).reduce(evolveConsents, initialConsents);
const from = (id: string, validFrom: string, expires?: string) =>
  told(connexions, 'consent.given', consent(id, { validFrom, ...(expires === undefined ? {} : { expires }) }));
const change = (state: ReturnType<typeof given>, today: string): string | undefined => {
  const at = consentsChangeAt(state, today);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('what a learner agreed to changes by time alone', () => {
  it('when a consent begins, and when the day after its last one begins, in London', () => {
    const state = given(from('c-1', '2026-02-01', '2026-06-30'));
    expect(change(state, '2026-01-31')).toBe('2026-02-01T00:00:00.000Z');
    expect(change(state, '2026-02-01')).toBe('2026-06-30T23:00:00.000Z');
    expect(change(state, '2026-06-30')).toBe('2026-06-30T23:00:00.000Z');
    expect(change(state, '2026-07-01')).toBeUndefined();
  });

  it('at the earliest of several', () => {
    expect(change(given(from('c-1', '2026-01-01', '2026-12-31'), from('c-2', '2026-03-01')), '2026-01-05')).toBe(
      '2026-03-01T00:00:00.000Z',
    );
  });

  it('when a renewal makes it last longer, too', () => {
    const renewed = told(connexions, 'consent.renewed', { consentId: 'c-1', by: 'learner', expires: '2027-06-30' });
    expect(change(given(from('c-1', '2026-01-01', '2026-12-31'), renewed), '2027-01-05')).toBe('2027-06-30T23:00:00.000Z');
  });

  it('also for one that was withdrawn or paused, by whoever that was: it may count all the same', () => {
    const ends = (['withdrawn', 'paused'] as const).map((what) => told(connexions, `consent.${what}`, { consentId: 'c-1', by: 'learner' }));
    for (const end of ends)
      expect(change(given(from('c-1', '2026-01-01', '2026-12-31'), end), '2026-01-05')).toBe('2027-01-01T00:00:00.000Z');
  });

  it('never for a refusal, nor for one that has begun and has no end', () => {
    expect(change(given(told(connexions, 'consent.refused', consent('c-1', { expires: '2026-12-31' }))), '2026-01-01')).toBeUndefined();
    expect(change(given(from('c-1', '2026-01-01')), '2026-01-05')).toBeUndefined();
  });
});
