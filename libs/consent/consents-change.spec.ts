import type { Contribution } from '#contribution';
import { connexions, consent, recorded, told } from '#contribution/fixtures';
import { evolveConsents, initialConsents } from './consent.ts';
import { consentsChangeAt } from './consents-change.ts';

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
    expect(change(given(from('c-1', '2026-01-01', '2026-12-31'), from('c-2', '2026-03-01')), '2026-01-05')).toBe('2026-03-01T00:00:00.000Z');
  });

  it('never for one that counts for nothing whatever the day', () => {
    const withdrawn = told(connexions, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' });
    const paused = told(connexions, 'consent.paused', { consentId: 'c-1', by: 'learner' });
    for (const end of [withdrawn, paused]) expect(change(given(from('c-1', '2026-01-01', '2026-12-31'), end), '2026-01-05')).toBeUndefined();
    expect(change(given(from('c-1', '2026-01-01')), '2026-01-05')).toBeUndefined();
  });
});
