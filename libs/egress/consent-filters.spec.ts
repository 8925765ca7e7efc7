import type { AuditedConsent } from '#disclosure';
import { CONSENT_FILTERS, type ConsentFilters, isConsentAskedFor } from './consent-filters.ts';

const consent: AuditedConsent = {
  id: 'careers/k-1',
  capturedBy: 'careers',
  status: 'given',
  protocol: 'e2e-passport',
  purposes: ['plan-learning'],
  categories: ['assessment'],
  recipients: ['provider', 'wulfrun'],
  givenBy: 'learner',
  method: 'online',
  notice: { id: 'e2e', version: '1', language: 'en' },
  evidence: true,
  validFrom: '2026-01-01',
  expires: '2026-12-31',
  recordedAt: 0,
  changedAt: 0,
  counts: true,
  reliedOn: 2,
};
const rolesOf = (agency: string): readonly string[] => (agency === 'forge' ? ['provider'] : []);
const passes = (filters: ConsentFilters): boolean => isConsentAskedFor(consent, filters, rolesOf);

describe('a consent is asked for', () => {
  it.each<readonly [keyof ConsentFilters, string, string]>([
    ['status', 'given', 'withdrawn'],
    ['protocol', 'e2e-passport', 'youth-justice'],
    ['purpose', 'plan-learning', 'safeguard'],
    ['category', 'assessment', 'apir'],
    ['method', 'online', 'signed-form'],
    ['notice', 'e2e', 'other'],
    ['notice', 'e2e@1', 'e2e@2'],
    ['givenBy', 'learner', 'parent-or-carer'],
    ['capturedBy', 'careers', 'forge'],
    ['expiresBefore', '2027-01-01', '2026-12-31'],
    ['recipient', 'provider', 'college'],
    ['recipient', 'wulfrun', 'anvil'],
    ['recipient', 'forge', 'careers'],
  ])('by %s: %s, not %s', (name, wanted, other) => {
    expect([passes({ [name]: wanted }), passes({ [name]: other })]).toEqual([true, false]);
  });

  it('by all filters together, and by none', () => {
    expect(passes({})).toBe(true);
    expect(passes({ status: 'given', category: 'apir' })).toBe(false);
    expect(new Set(CONSENT_FILTERS).size).toBe(10);
  });

  it('not by what was erased of it', () => {
    const { notice: _, method: __, expires: ___, ...bare } = consent;
    for (const filters of [{ notice: 'e2e' }, { method: 'online' }, { expiresBefore: '2030-01-01' }]) {
      expect(isConsentAskedFor(bare, filters, rolesOf)).toBe(false);
    }
  });
});
