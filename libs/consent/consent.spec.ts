import fc from 'fast-check';
import type { Contribution } from '#contribution';
import { connexions, consent, provider, recorded, told } from '#contribution/fixtures';
import { type Consent, type ConsentState, consentStatusAt, consentTerms, evolveConsents, initialConsents } from './consent.ts';
import { decideConsent, type ConsentType, isConsentType } from './decide.ts';

const TODAY = '2026-02-01';
const given = (...contributions: readonly Contribution[]): ConsentState =>
  recorded(...contributions).reduce(evolveConsents, initialConsents);

const give = told(connexions, 'consent.given', consent('c-1'));
const refuse = told(connexions, 'consent.refused', consent('c-1'));
const change = { consentId: 'c-1', by: 'learner' };
const withdraw = told(provider, 'consent.withdrawn', change);
const pause = told(provider, 'consent.paused', change);
const resume = told(connexions, 'consent.resumed', change);
const renew = told(connexions, 'consent.renewed', { ...change, expires: '2026-12-31' });

const judged = (contribution: Contribution<ConsentType>, state: ConsentState) => decideConsent(contribution, state);
const only = (state: ConsentState): Consent => {
  const [consentThere] = state.consents;
  if (!consentThere) throw new Error('A consent is given.');
  return consentThere;
};
const statusAfter = (contributions: readonly Contribution[], today = TODAY) =>
  consentStatusAt(only(given(...contributions)), today);

describe('a consent', () => {
  it('holds the terms that decisions ask for', () => {
    expect(consentTerms(given(give)).consents).toEqual([
      {
        id: 'c-1',
        revision: 0,
        live: true,
        explicit: true,
        protocol: 'e2e-passport',
        purposes: ['plan-learning'],
        categories: ['assessment'],
        recipients: ['connexions', 'provider', 'college'],
        validFrom: '2026-01-05',
        standing: 'given',
        paused: false,
      },
    ]);
  });

  it.each([
    ['signed-form', true],
    ['online', true],
    ['verbal-witnessed', false],
  ] as const)('given by %s is explicit: %s', (method, explicit) => {
    expect(only(given(told(connexions, 'consent.given', consent('c-1', { method })))).explicit).toBe(explicit);
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
  ] as const)('is %s after %#, live accordingly', (status, contributions, live) => {
    expect(statusAfter(contributions)).toBe(status);
    expect(only(given(...contributions)).live).toBe(live);
  });

  it('is cited at the revision of its last change', () => {
    expect(only(given(give, pause, resume)).revision).toBe(2);
  });

  it('keeps its scope through a pause and a renewal', () => {
    const { purposes, categories, recipients, validFrom } = only(given(give));
    expect(only(given(give, pause, renew, resume))).toMatchObject({ purposes, categories, recipients, validFrom });
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

  it('keeps its last day where a renewal names none', () => {
    const limited = told(connexions, 'consent.given', consent('c-1', { expires: '2026-01-31' }));
    expect(only(given(limited, told(connexions, 'consent.renewed', change))).expires).toBe('2026-01-31');
  });
});

describe('judging a consent', () => {
  it.each([
    [give, []],
    [refuse, []],
    [withdraw, [give]],
    [pause, [give]],
    [resume, [give, pause]],
    [renew, [give]],
    [renew, [give, pause]],
    [told(connexions, 'consent.given', consent('c-2')), [give, withdraw]],
  ] as const)('accepts %#', (contribution, before) => {
    expect(judged(contribution, given(...before))).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['given', give, [give]],
    ['refused by another agency', told(provider, 'consent.refused', consent('c-1')), [give]],
    ['given anew after a refusal', give, [refuse]],
  ] as const)('rejects a consentId in use, %s: reference-taken', (_, contribution, before) => {
    expect(judged(contribution, given(...before))).toMatchObject({ rejection: { code: 'reference-taken' } });
  });

  it.each([
    ['of an unknown consentId', withdraw, []],
    ['of one that is withdrawn', renew, [give, withdraw]],
    ['withdrawn again', withdraw, [give, withdraw]],
    ['of one that was refused', withdraw, [refuse]],
    ['resumed without a pause', resume, [give]],
    ['resumed after a renewal', resume, [give, renew]],
    ['paused again', pause, [give, pause]],
  ] as const)('rejects a change %s: unknown-reference', (_, contribution, before) => {
    expect(judged(contribution, given(...before))).toMatchObject({ rejection: { code: 'unknown-reference' } });
  });

  it('says what is final', () => {
    expect(judged(resume, given(give, withdraw))).toMatchObject({
      rejection: { says: 'This consent is withdrawn, which is final. Record a new one under a new consentId.' },
    });
  });

  it('knows its own types', () => {
    expect(isConsentType('consent.given')).toBe(true);
    expect(isConsentType('referral.made')).toBe(false);
    expect(isConsentType('toString')).toBe(false);
  });
});

describe('whatever is told, as far as it is accepted', () => {
  const everything = [give, refuse, withdraw, pause, resume, renew];
  const acceptedOf = (contributions: readonly Contribution<ConsentType>[]): readonly Contribution[] =>
    contributions.reduce<readonly Contribution[]>(
      (before, one) => (judged(one, given(...before)).outcome === 'accepted' ? [...before, one] : before),
      [],
    );
  const told50 = fc.array(fc.constantFrom<Contribution<ConsentType>>(...everything), { maxLength: 50 });

  it('is never live after a withdrawal or a refusal', () => {
    fc.assert(
      fc.property(told50, (contributions) => {
        const story = acceptedOf(contributions);
        const end = story.findIndex(({ type }) => type === 'consent.withdrawn' || type === 'consent.refused');
        fc.pre(end >= 0);
        expect(story).toHaveLength(end + 1);
        expect(consentTerms(given(...story)).consents.every(({ live }) => !live)).toBe(true);
      }),
    );
  });

  it('is live exactly while it is given or renewed and not paused', () => {
    fc.assert(
      fc.property(told50, (contributions) => {
        for (const one of given(...acceptedOf(contributions)).consents) {
          expect(one.live).toBe(['given', 'renewed'].includes(consentStatusAt(one, TODAY)));
        }
      }),
    );
  });

  it('comes to the same for consents of their own in any order', () => {
    const others = [consent('c-2'), consent('c-3', { method: 'online' }), consent('c-4', { recipients: ['school'] })];
    const gifts = others.map((data) => told(connexions, 'consent.given', data));
    const byId = (state: ConsentState) =>
      [...state.consents].map(({ revision: _, ...rest }) => rest).sort((a, b) => a.id.localeCompare(b.id));
    fc.assert(
      fc.property(fc.shuffledSubarray(gifts, { minLength: gifts.length }), (shuffled) => {
        expect(byId(given(...shuffled))).toEqual(byId(given(...gifts)));
      }),
    );
  });
});
