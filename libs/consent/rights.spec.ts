import type { CatalogueData } from '#catalogue';
import type { Contribution } from '#contribution';
import { connexions, recorded, school, told } from '#contribution/fixtures';
import { type ConsentState, evolveConsents, initialConsents } from './consent.ts';
import { decideConsent } from './decide.ts';

type Scope = CatalogueData['objection.raised']['scope'];

const SCOPE: Scope = { categories: ['review', 'assessment'], recipients: ['provider'] };
const SAME: Scope = { recipients: ['provider'], categories: ['assessment', 'review', 'assessment'] };
const OTHER: Scope = { categories: ['assessment'] };

const raise = (scope: Scope) => told(school, 'objection.raised', { scope, reason: 'Not their business' });
const decide = (scope: Scope, outcome: 'upheld' | 'overridden') =>
  told(connexions, 'objection.decided', { scope, reason: 'Weighed', outcome, grounds: 'Public task' });
const restrict = (scope: Scope) => told(school, 'restriction.requested', { scope, reason: 'Disputed' });
const lift = (scope: Scope) => told(connexions, 'restriction.lifted', { scope, reason: 'Settled' });
const given = (...contributions: readonly Contribution[]): ConsentState =>
  recorded(...contributions).reduce(evolveConsents, initialConsents);

describe('an objection', () => {
  it('suspends its scope, once however often it is raised', () => {
    expect(given(raise(SCOPE), raise(SAME)).objections).toMatchObject([
      { categories: ['assessment', 'review'], recipients: ['provider'] },
    ]);
    expect(given(raise(SCOPE)).objections[0]).not.toHaveProperty('purposes');
  });

  it('suspends for ever once upheld', () => {
    const upheld = given(raise(SCOPE), decide(SAME, 'upheld'));
    expect(upheld.objections).toHaveLength(1);
    expect(given(raise(SCOPE), decide(SCOPE, 'upheld'), raise(SCOPE), decide(SCOPE, 'overridden')).objections).toHaveLength(1);
  });

  it('ends when it is overridden', () => {
    expect(given(raise(SCOPE), raise(OTHER), decide(SAME, 'overridden')).objections).toMatchObject([{ categories: ['assessment'] }]);
  });

  it('covers everything with an empty scope', () => {
    expect(given(raise({})).objections).toEqual([{ undecided: true, upheld: false }]);
  });

  it.each([
    ['none was raised', []],
    ['none has the scope', [raise(OTHER)]],
    ['it was decided', [raise(SCOPE), decide(SCOPE, 'upheld')]],
  ])('is not decided where %s: unknown-reference', (_, before) => {
    expect(decideConsent(decide(SCOPE, 'overridden'), given(...before))).toMatchObject({
      rejection: { code: 'unknown-reference' },
    });
  });

  it('is raised and decided', () => {
    expect(decideConsent(raise(SCOPE), initialConsents)).toEqual({ outcome: 'accepted' });
    expect(decideConsent(decide(SAME, 'upheld'), given(raise(SCOPE)))).toEqual({ outcome: 'accepted' });
  });
});

describe('a restriction', () => {
  it('holds until one with its scope is lifted', () => {
    expect(given(restrict(SCOPE), restrict(SAME)).restrictions).toHaveLength(1);
    expect(given(restrict(SCOPE), restrict(OTHER), lift(SAME)).restrictions).toEqual([{ categories: ['assessment'] }]);
  });

  it('is requested and lifted', () => {
    expect(decideConsent(restrict(SCOPE), initialConsents)).toEqual({ outcome: 'accepted' });
    expect(decideConsent(lift(SAME), given(restrict(SCOPE)))).toEqual({ outcome: 'accepted' });
  });

  it('is not lifted where none has the scope: unknown-reference', () => {
    expect(decideConsent(lift(SCOPE), given(restrict(OTHER)))).toMatchObject({ rejection: { code: 'unknown-reference' } });
  });
});
