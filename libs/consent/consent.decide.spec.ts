import type { CatalogueData } from '#catalogue';
import type { Contribution } from '#contribution';
import { college, connexions, consent, NOON, provider, recorded, school, type Teller, told } from '#contribution/fixtures';
import { type ConsentState, evolveConsents, initialConsents } from './consent.ts';
import type { Grounds } from './grounds.ts';
import { mayNarrow, narrowingsIn } from './consent.decide.ts';

type Scope = CatalogueData['objection.raised']['scope'];

const SCOPE: Scope = { categories: ['review', 'assessment'] };
const SAME: Scope = { categories: ['assessment', 'review'] };
const given = (...contributions: readonly Contribution[]): ConsentState =>
  recorded(...contributions).reduce(evolveConsents, initialConsents);
/** All but some of them stand. */
const without = (...strangers: readonly Teller[]): Grounds => ({
  counts: ({ source }) => strangers.every(({ slug }) => slug !== source),
  same: (a, b) => a === b,
  isTied: () => true,
  kinOf: () => [],
  rolesOf: () => [],
});

const give = (id = 'c-1', more = {}) => told(connexions, 'consent.given', consent(id), more);
const withdraw = (by: Teller, more = {}) => told(by, 'consent.withdrawn', { consentId: 'c-1', by: 'learner', of: connexions.slug }, more);
const raise = (by: Teller, scope: Scope) => told(by, 'objection.raised', { scope, reason: 'Not their business' });
const decide = (by: Teller, outcome: 'upheld' | 'overridden') =>
  told(by, 'objection.decided', { scope: SAME, reason: 'Weighed', outcome, grounds: 'Public task' });
const restrict = (by: Teller) => told(by, 'restriction.requested', { scope: SCOPE, reason: 'Disputed' });
const lift = (by: Teller) => told(by, 'restriction.lifted', { scope: SAME, reason: 'Settled' });

const withdrawnIn = (state: ConsentState, grounds = without()): readonly string[] =>
  narrowingsIn(state, grounds).withdrawn.map(({ id }) => id);

describe('a consent is withdrawn', () => {
  it('by whoever stands, and once however often', () => {
    expect(withdrawnIn(given(give(), give('c-2'), withdraw(provider), withdraw(college)))).toEqual(['c-1']);
    expect(withdrawnIn(given(give()))).toEqual([]);
    expect(withdrawnIn(given(give(), told(provider, 'consent.paused', { consentId: 'c-1', by: 'learner', of: connexions.slug })))).toEqual(
      [],
    );
  });

  it('by nobody who does not stand, until it does', () => {
    const state = given(give(), withdraw(provider));
    expect(withdrawnIn(state, without(provider))).toEqual([]);
    expect(withdrawnIn(state)).toEqual(['c-1']);
  });

  it('with another of a scope that meets its own, told later than itself', () => {
    const before = { at: NOON - 1 };
    expect(withdrawnIn(given(give(), withdraw(provider), give('c-2', before)))).toEqual(['c-1', 'c-2']);
    expect(withdrawnIn(given(give(), withdraw(provider), give('c-2', before)), without(provider))).toEqual([]);
  });

  it('never where it was refused', () => {
    expect(withdrawnIn(given(told(connexions, 'consent.refused', consent('c-1')), withdraw(provider)))).toEqual([]);
  });
});

describe('a restriction', () => {
  it('holds for each that requested it and stands, until that one lifts it', () => {
    const requested = given(restrict(school), restrict(provider));
    expect(narrowingsIn(requested, without()).restricted.map(({ revision }) => revision)).toEqual([0, 1]);
    expect(narrowingsIn(requested, without(school)).restricted.map(({ revision }) => revision)).toEqual([1]);
    const lifted = given(restrict(school), restrict(provider), lift(school));
    expect(narrowingsIn(lifted, without()).restricted.map(({ source }) => source)).toEqual([provider.slug]);
  });
});

describe('an objection', () => {
  const upheldIn = (state: ConsentState, grounds = without()): readonly Scope[] => narrowingsIn(state, grounds).upheld;

  it('is told once it is upheld, each scope once', () => {
    expect(upheldIn(given(raise(school, SCOPE)))).toEqual([]);
    expect(upheldIn(given(raise(school, SCOPE), decide(connexions, 'overridden')))).toEqual([]);
    expect(upheldIn(given(raise(school, SCOPE), raise(college, SAME), decide(connexions, 'upheld')))).toEqual([SAME]);
  });

  it('counts where both who raised it and who upheld it stand', () => {
    const upheld = given(raise(school, SCOPE), decide(connexions, 'upheld'));
    expect(upheldIn(upheld)).toEqual([SAME]);
    expect(upheldIn(upheld, without(school))).toEqual([]);
    expect(upheldIn(upheld, without(connexions))).toEqual([]);
  });
});

describe('what may narrow', () => {
  it('is any withdrawal, restriction or objection, whoever said it', () => {
    expect([given(give()), given(give(), withdraw(provider)), given(restrict(school)), given(raise(school, SCOPE))].map(mayNarrow)).toEqual(
      [false, true, true, true],
    );
  });
});
