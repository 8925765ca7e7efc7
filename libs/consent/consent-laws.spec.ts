// Laws that hold of a consent for every sequence of what is told.
import fc from 'fast-check';
import type { Contribution } from '#contribution';
import { connexions, consent, provider, told } from '#contribution/fixtures';
import type { ConsentState } from './consent.ts';
import { type ConsentType, decideConsent } from './consent.decide.ts';
import { consentStatusAt, consentTerms, standingConsents } from './effective.ts';
import { given, groundsWith } from './fixtures/index.ts';

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
const liveAfter = (state: ConsentState): readonly boolean[] => consentTerms(state, groundsWith()).consents.map(({ live }) => live);

describe('whatever is told, as far as it is accepted', () => {
  const acceptedOf = (contributions: readonly Contribution<ConsentType>[]): readonly Contribution[] =>
    contributions.reduce<readonly Contribution[]>(
      (before, one) => (judged(one, given(...before)).outcome === 'accepted' ? [...before, one] : before),
      [],
    );
  const told50 = fc.array(fc.constantFrom<Contribution<ConsentType>>(give, refuse, withdraw, pause, resume, renew), { maxLength: 50 });

  it('is never live after a withdrawal or a refusal', () => {
    fc.assert(
      fc.property(told50, (contributions) => {
        const story = acceptedOf(contributions);
        const end = story.findIndex(({ type }) => type === 'consent.withdrawn' || type === 'consent.refused');
        fc.pre(end >= 0);
        expect(story).toHaveLength(end + 1);
        expect(liveAfter(given(...story))).toEqual([false]);
      }),
    );
  });

  it('is live exactly while it is given or renewed and not paused', () => {
    fc.assert(
      fc.property(told50, (contributions) => {
        const state = given(...acceptedOf(contributions));
        const expected = standingConsents(state, groundsWith()).map((one) => ['given', 'renewed'].includes(consentStatusAt(one, TODAY)));
        expect(liveAfter(state)).toEqual(expected);
      }),
    );
  });

  it('comes to the same for consents of their own in any order', () => {
    const others = [consent('c-2'), consent('c-3', { method: 'online' }), consent('c-4', { recipients: ['school'] })];
    const gifts = others.map((data) => told(connexions, 'consent.given', data));
    const byId = (state: ConsentState) =>
      consentTerms(state, groundsWith())
        .consents.map(({ revision: _, ...rest }) => rest)
        .sort((a, b) => a.id.localeCompare(b.id));
    fc.assert(
      fc.property(fc.shuffledSubarray(gifts, { minLength: gifts.length }), (shuffled) => {
        expect(byId(given(...shuffled))).toEqual(byId(given(...gifts)));
      }),
    );
  });
});
