import type { Role } from '#catalogue';
import { lintAgencies } from './agency-lint.ts';
import type { AgencyWithArea } from './agencies.ts';

const agency = (slug: string, role: Role, districts: readonly string[], entity?: string): AgencyWithArea => ({
  slug,
  roles: [role],
  districts,
  ...(entity === undefined ? {} : { entity }),
});
const found = (...agencies: readonly AgencyWithArea[]): readonly string[] =>
  lintAgencies(agencies).map(({ severity, rule, agencies: slugs }) => `${severity} ${rule} ${slugs.join(' ')}`);

describe('what the operator should know of the register', () => {
  it('is nothing where no claims meet', () => {
    expect(
      found(
        agency('north', 'connexions', ['WV1', 'WV14 8']),
        agency('south', 'connexions', ['WV14 9', 'WV10']),
        agency('council', 'local-authority', ['WV1']),
        agency('forge', 'provider', ['WV1']),
      ),
    ).toEqual([]);
  });

  it('is who claims the same in the same role, once for a pair', () => {
    expect(found(agency('north', 'connexions', ['WV1', 'WV2']), agency('south', 'connexions', ['wv2', 'WV3']))).toEqual([
      'error equal-claims north south',
    ]);
  });

  it('is whose claim lies within another, and who wins', () => {
    const both = [agency('hill', 'connexions', ['WV14 8']), agency('north', 'connexions', ['WV14'])];
    expect(found(...both)).toEqual(['warning claim-within-claim north hill']);
    expect(lintAgencies(both)[0]?.says).toBe(
      'WV14 8 of hill lies within WV14 of north, both as connexions: the longer one wins, so it is the area of hill alone.',
    );
  });

  it('is no claim of one legal entity against itself', () => {
    expect(found(agency('yot', 'yot', ['WV1'], 'council'), agency('yot-east', 'yot', ['WV1'], 'council'))).toEqual([
      'error slug-reserved yot',
    ]);
  });

  it.each([
    ['warning district-without-effect ebp-north', agency('ebp-north', 'ebp', ['WV1'])],
    ['warning role-without-district careers', agency('careers', 'connexions', [])],
    ['warning entity-of-one academy', agency('academy', 'school', [], 'trust')],
    ['error district-malformed council', agency('council', 'local-authority', ['WV1', 'WV148'])],
    ['error slug-reserved operator', agency('operator', 'provider', [])],
  ])('is: %s', (finding, one) => {
    expect(found(one)).toEqual([finding]);
  });

  it('is told in sentences, errors first', () => {
    const findings = lintAgencies([agency('ebp-north', 'ebp', ['WV1']), agency('all', 'connexions', ['WV1'])]);
    expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    for (const { says } of findings) expect(says).toMatch(/\.$/);
  });
});
