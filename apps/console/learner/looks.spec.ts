import { nameInWords } from '../broker/agency-names.ts';
import { type Decision, looksIn } from './looks.ts';

const decision = (more: Partial<Decision>): Decision => ({
  position: '7',
  at: '2026-09-03T09:12:00.000Z',
  recipient: 'heath-town-skills',
  route: 'learner',
  outcome: 'answered',
  asked: 'passport',
  permitted: [],
  withdrawn: [],
  ...more,
});
const group = (category: string, more: Partial<Decision['permitted'][number]> = {}): Decision['permitted'][number] => ({
  clause: 'e2e-passport@1#EP3',
  basis: '6(1)(e)',
  purpose: 'plan-learning',
  items: [{ category }],
  ...more,
});
const sentenceOf = (purpose: string): string | undefined => (purpose === 'plan-learning' ? 'To plan your learning.' : undefined);
const agreedOn = (consent: string): string | undefined => (consent === 'careers/k-1' ? '2026-06-29' : undefined);
const linesOf = (...decisions: readonly Decision[]) =>
  looksIn(decisions, { language: 'en', nameOf: nameInWords }, { sentenceOf, agreedOn });

describe('a look in words', () => {
  it('says who looked at what, why, and on which ground', () => {
    const permitted = [group('assessment', { consent: { id: 'k-1' } }), group('referral'), group('adviser', { basis: '6(1)(c)' })];
    expect(linesOf(decision({ permitted })).map(({ who, what, why, ground }) => [who, what, why, ground])).toEqual([
      ['Heath Town Skills', 'your assessments', 'To plan your learning.', 'seen.yes'],
      ['Heath Town Skills', 'who sent you to whom', 'To plan your learning.', 'seen.task'],
      ['Heath Town Skills', 'your adviser', 'To plan your learning.', 'seen.law'],
    ]);
  });

  it('says on which day the learner agreed, of each consent for itself, and none where that is not known', () => {
    const permitted = [
      group('assessment', { consent: { id: 'careers/k-1' } }),
      group('achievement', { consent: { id: 'careers/k-1' } }),
      group('review', { consent: { id: 'other/k-1' } }),
    ];
    expect(linesOf(decision({ permitted })).map(({ what, ground, agreed }) => [what, ground, agreed])).toEqual([
      ['your assessments and what you achieved', 'seen.yesOn', '2026-06-29'],
      ['your reviews', 'seen.yes', undefined],
    ]);
  });

  it('says that an officer looked up the name, and the reason that was written', () => {
    const looked = { recipient: 'operator:dpo-partnership', asked: 'who', reason: 'To answer a letter', permitted: [group('identity')] };
    expect(linesOf(decision(looked))).toMatchObject([{ says: 'seen.name', reason: 'To answer a letter', ground: 'seen.law' }]);
  });

  it('of a day on which there was something with them asks whether it was part of that, on each line of it', () => {
    const permitted = [group('assessment', { consent: { id: 'k-1' } }), group('referral')];
    const asksOf = (meeting?: string) =>
      linesOf(decision({ permitted, ...(meeting !== undefined && { meeting }) })).map((look) => look.meeting);
    expect(asksOf('review')).toEqual(['seen.atReview', 'seen.atReview']);
    expect(asksOf('follow-up')[0]).toBe('seen.atFollowUp');
    expect(asksOf('review-planned')[0]).toBe('seen.atReviewPlanned');
    expect([asksOf(), asksOf('something-new')].flat()).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('is told once for what was shown on one ground, and not of what an agency told itself', () => {
    const permitted = [group('assessment'), group('review'), group('programme', { clause: 'own', basis: 'own' })];
    expect(linesOf(decision({ permitted })).map(({ what }) => what)).toEqual(['your assessments and your reviews']);
  });

  it('tells a no, an office, a feed and what was deleted each in its own words', () => {
    const told = linesOf(
      decision({ recipient: 'wulfrun-college', outcome: 'not-known' }),
      decision({ recipient: 'operator:dpo-of:city-yot', route: 'look', asked: 'disclosures' }),
      decision({ recipient: 'connexions-north', route: 'look', asked: 'sign-in-code' }),
      decision({ route: 'feed', permitted: [group('review')], withdrawn: [{ category: 'assessment' }] }),
    );
    expect(told.map(({ who, says, what }) => [who, says, what])).toEqual([
      ['Wulfrun College', 'seen.refused', ''],
      ['The person who checks how City YOT shares', 'seen.checked', ''],
      ['Connexions North', 'seen.code', ''],
      ['Heath Town Skills', 'seen.sent', 'your reviews'],
      ['Heath Town Skills', 'seen.gone', 'your assessments'],
    ]);
  });

  it('leaves out the own looks', () =>
    expect(linesOf(decision({ recipient: 'operator:learner', permitted: [group('review')] }))).toEqual([]));
});
