// What the learner's own page may say, and about whom: whoever is signed in there, and nobody else (ADR 54).
import type { Contribution } from '#contribution';
import { connexions, consent, NOON, OTHER_ULN, person, provider, told, ULN } from '#contribution/fixtures';
import { page, registered } from '#learners/fixtures';
import { PairwisePseudonyms, rootKeyOf } from '#privacy';
import { LEARNERS_OWN } from '#access';
import { type Given, judged, outcomes, type Sent, sent } from './fixtures/index.ts';

const [ANN, BEN] = ['6b1f1c1e-0d5e-4c7e-9f0a-111111111111', '6b1f1c1e-0d5e-4c7e-9f0a-222222222222'];
const pseudonymOf = (learner: string): string => new PairwisePseudonyms(rootKeyOf(Buffer.alloc(32, 7))).of(LEARNERS_OWN, learner);
const ann: readonly Contribution[] = [registered(), told(connexions, 'consent.given', consent('c-1'))];
const ben: readonly Contribution[] = [
  told(connexions, 'learner.registered', { ...person, localId: 'cx-2', uln: OTHER_ULN }, { subject: `uln:${OTHER_ULN}` }),
];
const known: Given = { files: { [ANN]: ann, [BEN]: ben } };
const asAnn: Given = { ...known, signedIn: ANN };

const OF: object = { of: connexions.slug };
const withdrawal = (subject: string, more: Partial<Sent> = {}): Sent =>
  sent('consent.withdrawn', { consentId: 'c-1', by: 'learner', ...OF }, { subject, ...more });
const given = (consentId: string, particular: object = {}, more: Partial<Sent> = {}): Sent =>
  sent('consent.given', consent(consentId, { method: 'online', evidence: 'sign-in 7', ...particular }), {
    subject: pseudonymOf(ANN),
    ...more,
  });

describe('the learner’s own page', () => {
  it.each([
    ['the pseudonym that the token names', pseudonymOf(ANN)],
    ['the number', `uln:${ULN}`],
  ])('says what the learner says who is signed in, by %s', async (_, subject) =>
    expect(await outcomes(asAnn, page, withdrawal(subject))).toEqual(['accepted']),
  );

  it.each([
    ['the pseudonym of another', pseudonymOf(BEN)],
    ['the number of another', `uln:${OTHER_ULN}`],
    ['a number that nobody has', 'uln:1000000000'],
    ['a pseudonym that nobody has', 'psn:AAAAAAAAAAAAAAAAAAAAAA'],
    ['an id of its own making', 'local:ann'],
  ])('says nothing of anybody else, and is told of nobody: %s', async (_, subject) =>
    expect(await outcomes(asAnn, page, withdrawal(subject))).toEqual(['no-such-learner']),
  );

  it.each([pseudonymOf(ANN), `uln:${ULN}`, 'uln:1000000000'])('says nothing while nobody is signed in: %s', async (subject) =>
    expect(await outcomes(known, page, withdrawal(subject))).toEqual(['role-not-allowed']),
  );

  it('agrees for the learner alone, online, and says by which sign-in', async () => {
    expect(await outcomes(asAnn, page, given('c-2'))).toEqual(['accepted']);
    const wrong = [{ givenBy: 'parent-or-carer' }, { method: 'verbal-witnessed' }, { evidence: undefined }];
    expect(await outcomes(asAnn, page, ...wrong.map((one, place) => given(`c-${place}`, one)))).toEqual(['schema', 'schema', 'schema']);
  });
});

describe('an agency that is no learner’s page', () => {
  it('names nobody by such a pseudonym', async () =>
    expect(await outcomes(known, provider, withdrawal(pseudonymOf(ANN)))).toEqual(['invalid-envelope']));
});

describe('sharing less', () => {
  const narrower = given('c-2', { recipients: [provider.slug] });
  const stop = withdrawal(`uln:${ULN}`);

  it('gives the smaller consent and withdraws the former one in one append', async () => {
    const { judgement } = await judged(asAnn, page, narrower, stop);
    expect(judgement.verdicts.flat().map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(judgement.draft.isEmpty).toBe(false);
  });

  it.each([
    [
      'the former one is not there',
      narrower,
      withdrawal(pseudonymOf(ANN), { data: { consentId: 'c-7', by: 'learner' } }),
      'unknown-reference',
    ],
    ['the smaller one is malformed', given('c-2', { purposes: ['no-such-purpose'] }), stop, 'schema'],
    ['one is about another learner', narrower, withdrawal(`uln:${OTHER_ULN}`), 'no-such-learner'],
  ])('does neither where %s', async (_, give, withdraw, code) => {
    for (const message of [[give, withdraw] as const, [withdraw, give] as const]) {
      const { judgement } = await judged(asAnn, page, ...message);
      expect(judgement.verdicts.flat().map((verdict) => (verdict.outcome === 'rejected' ? verdict.fault.code : verdict.outcome))).toEqual([
        code,
        code,
      ]);
      expect(judgement.draft.isEmpty).toBe(true);
    }
  });

  it('does neither where one has an id that was used for something else', async () => {
    const first = sent('feedback.given', { about: provider.slug, theme: 'food' }, { id: 'm-1', subject: pseudonymOf(ANN) });
    const { judgement } = await judged(asAnn, page, first, narrower, { ...stop, id: 'm-1' });
    expect(judgement.verdicts.flat().map(({ outcome }) => outcome)).toEqual(['accepted', 'conflict', 'conflict']);
  });

  it('is not older than what it takes the place of', async () => {
    const earlier = given('c-2', { recipients: [provider.slug] }, { time: new Date(NOON - 60_000).toISOString() });
    expect(await outcomes(asAnn, page, stop, earlier)).toEqual(['stale-consent', 'stale-consent']);
  });
});
