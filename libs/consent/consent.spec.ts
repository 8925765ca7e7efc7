import type { Contribution } from '#contribution';
import { connexions, consent, provider, told } from '#contribution/fixtures';
import type { Consent, ConsentState } from './consent.ts';
import { type ConsentType, decideConsent, isConsentType } from './consent.decide.ts';
import { consentStatusAt, consentTerms, type StandingConsent, standingConsents } from './effective.ts';
import { given, groundsWith, without } from './fixtures/index.ts';

const TODAY = '2026-02-01';

const ofConnexions = { notes: { of: connexions.slug } };
const give = told(connexions, 'consent.given', consent('c-1'));
const refuse = told(connexions, 'consent.refused', consent('c-1'));
const change = { consentId: 'c-1', by: 'learner' };
const withdraw = told(provider, 'consent.withdrawn', change, ofConnexions);
const pause = told(provider, 'consent.paused', change, ofConnexions);
const resume = told(connexions, 'consent.resumed', change);
const renew = told(connexions, 'consent.renewed', { ...change, expires: '2026-12-31' });

const judged = (contribution: Contribution<ConsentType>, state: ConsentState, mayLookUp = true) =>
  decideConsent(contribution, { state, grounds: groundsWith(), mayLookUp });
const only = (state: ConsentState): StandingConsent => {
  const [consentThere] = standingConsents(state, groundsWith());
  if (!consentThere) throw new Error('A consent is given.');
  return consentThere;
};
const liveAfter = (state: ConsentState): readonly boolean[] => consentTerms(state, groundsWith()).consents.map(({ live }) => live);
const statusAfter = (contributions: readonly Contribution[], today = TODAY) => consentStatusAt(only(given(...contributions)), today);

describe('a consent', () => {
  it('holds the terms that decisions ask for, named as its source’s own', () => {
    expect(consentTerms(given(told(provider, 'consent.given', consent('c-1', { expires: '2026-12-31' }))), groundsWith()).consents).toEqual(
      [
        {
          id: 'heath-town-skills/c-1',
          revision: 0,
          live: true,
          explicit: false,
          protocol: 'e2e-passport',
          purposes: ['plan-learning'],
          categories: ['assessment'],
          recipients: ['connexions', 'provider', 'college'],
          validFrom: '2026-01-05',
          expires: '2026-12-31',
          source: 'heath-town-skills',
          others: true,
          own: 'none',
        },
      ],
    );
  });

  it.each([
    ['signed-form', 'form 12', true],
    ['online', 'form 12', true],
    ['verbal-witnessed', 'form 12', false],
    ['signed-form', undefined, false],
    ['online', undefined, false],
  ] as const)('given by %s with evidence %s is explicit: %s', (method, evidence, explicit) => {
    const data = consent('c-1', { method, ...(evidence === undefined ? {} : { evidence }) });
    expect(only(given(told(connexions, 'consent.given', data))).consent.explicit).toBe(explicit);
  });

  it.each([
    ['given', [give], true],
    ['refused', [refuse], false],
    ['withdrawn', [give, withdraw], false],
    ['paused', [give, pause], false],
    ['given', [give, pause, resume], true],
    ['renewed', [give, renew], true],
    ['paused', [give, pause, renew], false],
    ['renewed', [give, pause, renew, resume], true],
    ['withdrawn', [give, pause, withdraw], false],
    ['withdrawn', [give, withdraw, resume, renew], false],
  ] as const)('is %s after %#, live accordingly', (status, contributions, live) => {
    expect(statusAfter(contributions)).toBe(status);
    expect(liveAfter(given(...contributions))).toEqual([live]);
  });

  it('is cited at the revision of its last change', () => {
    expect(only(given(give, pause, resume)).revision).toBe(2);
  });

  it('keeps its scope through a pause and a renewal', () => {
    const scopeOf = ({ purposes, categories, recipients, validFrom }: Consent) => ({ purposes, categories, recipients, validFrom });
    expect(scopeOf(only(given(give, pause, renew, resume)).consent)).toEqual(scopeOf(only(given(give)).consent));
  });

  it('expires after its last day, and may be renewed then', () => {
    const limited = told(connexions, 'consent.given', consent('c-1', { expires: '2026-01-31' }));
    expect(statusAfter([limited], '2026-01-31')).toBe('given');
    expect(statusAfter([limited], '2026-02-01')).toBe('expired');
    expect(statusAfter([limited, pause], '2026-02-01')).toBe('expired');
    expect(judged(renew, given(limited))).toEqual({ outcome: 'accepted' });
    expect(statusAfter([limited, renew], '2026-02-01')).toBe('renewed');
    expect(only(given(limited, renew)).expires).toBe('2026-12-31');
  });

  it('is not renewed until a day before it begins: schema', () => {
    const later = told(connexions, 'consent.given', consent('c-1', { validFrom: '2026-06-01' }));
    const until = (expires: string) => told(connexions, 'consent.renewed', { ...change, expires });
    for (const looks of [true, false]) {
      expect(judged(until('2026-05-31'), given(later), looks)).toMatchObject({ rejection: { code: 'schema' } });
      expect(judged(until('2026-06-01'), given(later), looks)).toEqual({ outcome: 'accepted' });
    }
  });

  it('keeps its last day where a renewal names none', () => {
    const limited = told(connexions, 'consent.given', consent('c-1', { expires: '2026-01-31' }));
    expect(only(given(limited, told(connexions, 'consent.renewed', change))).expires).toBe('2026-01-31');
  });

  it('is one for each source and id', () => {
    const both = given(give, told(provider, 'consent.given', consent('c-1')), withdraw);
    expect(standingConsents(both, groundsWith()).map(({ consent: { source }, standing }) => [source, standing])).toEqual([
      ['connexions-north', 'withdrawn'],
      ['heath-town-skills', 'given'],
    ]);
  });
});

describe('judging a consent', () => {
  it.each([
    [give, []],
    [refuse, []],
    [resume, [give, pause]],
    [renew, [give]],
    [renew, [give, pause]],
    [told(provider, 'consent.refused', consent('c-1')), [give]],
    [told(connexions, 'consent.given', consent('c-2')), [give, withdraw]],
  ] as const)('accepts %#', (contribution, before) => {
    expect(judged(contribution, given(...before))).toEqual({ outcome: 'accepted' });
  });

  it.each([
    [withdraw, [give]],
    [pause, [give]],
    [told(provider, 'consent.confirmed', { consentId: 'c-1', of: connexions.slug }), [give]],
  ] as const)('notes whose it is, of another’s: %#', (contribution, before) => {
    expect(judged(contribution, given(...before))).toEqual({ outcome: 'accepted', ...ofConnexions });
  });

  it.each([
    ['given', give, [give]],
    ['given anew after a refusal', give, [refuse]],
    ['refused after a gift', refuse, [give]],
  ] as const)('rejects a consentId that its sender used, %s: reference-taken', (_, contribution, before) => {
    expect(judged(contribution, given(...before))).toMatchObject({ rejection: { code: 'reference-taken' } });
  });

  it.each([
    ['of an unknown consentId', withdraw, []],
    ['of another agency’s that has none', told(provider, 'consent.withdrawn', { ...change, of: 'city-yot' }), [give]],
    ['of one that is withdrawn', renew, [give, withdraw]],
    ['withdrawn again', withdraw, [give, withdraw]],
    ['of one that was refused', withdraw, [refuse]],
    ['resumed without a pause', resume, [give]],
    ['resumed after a renewal', resume, [give, renew]],
    ['paused again', pause, [give, pause]],
  ] as const)('rejects a change %s: unknown-reference', (_, contribution, before) => {
    expect(judged(contribution, given(...before))).toMatchObject({ rejection: { code: 'unknown-reference' } });
  });

  it('means the sender’s own, else the one that it names, else the only one that counts: ambiguous-reference', () => {
    const byProvider = told(provider, 'consent.given', consent('c-1'));
    const byYot = told({ slug: 'city-yot', roles: ['yot'] }, 'consent.withdrawn', change);
    expect(judged(told(provider, 'consent.withdrawn', change), given(give, byProvider))).toEqual({ outcome: 'accepted' });
    expect(judged(told(provider, 'consent.withdrawn', { ...change, of: connexions.slug }), given(give, byProvider))).toEqual({
      outcome: 'accepted',
      ...ofConnexions,
    });
    expect(judged(byYot, given(give, byProvider))).toMatchObject({
      rejection: { code: 'ambiguous-reference', candidates: ['connexions-north', 'heath-town-skills'] },
    });
    const view = { state: given(give, byProvider), grounds: without(provider), mayLookUp: true };
    expect(decideConsent(byYot, view)).toEqual({ outcome: 'accepted', ...ofConnexions });
  });

  it('says what is final', () => {
    expect(judged(resume, given(give, withdraw))).toMatchObject({
      rejection: { says: 'This consent is withdrawn, which is final. Record a new one under a new consentId.' },
    });
  });

  it('looks nothing of others up for one that does not stand', () => {
    const resumed = told(provider, 'consent.resumed', change, ofConnexions);
    const changes = [withdraw, pause, resumed, told(provider, 'consent.confirmed', { consentId: 'c-1' })];
    for (const state of [given(), given(give), given(give, withdraw), given(refuse)]) {
      expect(changes.map((one) => judged(one, state, false))).toEqual(changes.map(() => ({ outcome: 'accepted' })));
    }
    expect(judged(give, given(give), false)).toMatchObject({ rejection: { code: 'reference-taken' } });
  });

  it('keeps one that does not stand to its own words', () => {
    const ownChange = (type: 'consent.withdrawn' | 'consent.paused') => told(connexions, type, change);
    const own = [ownChange('consent.withdrawn'), ownChange('consent.paused'), resume, renew];
    const outcomesAfter = (...before: readonly Contribution[]) => own.map((one) => judged(one, given(...before), false).outcome);
    expect(outcomesAfter(give)).toEqual(['accepted', 'accepted', 'rejected', 'accepted']);
    expect(outcomesAfter(give, ownChange('consent.paused'))).toEqual(['accepted', 'rejected', 'accepted', 'accepted']);
    expect(outcomesAfter(give, ownChange('consent.withdrawn'))).toEqual(own.map(() => 'rejected'));
    expect(outcomesAfter(refuse)).toEqual(own.map(() => 'rejected'));
    expect(outcomesAfter(give, withdraw)).toEqual(outcomesAfter(give));
  });

  it('knows its own types', () => {
    expect(isConsentType('consent.given')).toBe(true);
    expect(isConsentType('referral.made')).toBe(false);
    expect(isConsentType('toString')).toBe(false);
  });
});
