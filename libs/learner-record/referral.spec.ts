import { assessment, connexions, NOON, otherProvider, provider, type Teller, told, yot } from '#contribution/fixtures';
import { ALL_KNOWN, given, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';

const refer = (by: Teller, more: object = {}) =>
  told(by, 'referral.made', { referralId: 'r-1', to: 'heath-town-skills', route: 'connexions', ...more });
const accept = (by: Teller) => told(by, 'referral.accepted', { referralId: 'r-1' });
const decline = (by: Teller) => told(by, 'referral.declined', { referralId: 'r-1' });
const of = (source: string) => ({ notes: { of: source } });
const toProvider = refer(connexions);

describe('making a referral', () => {
  it('takes an id that the referrer has not used', () => {
    expect(judge(toProvider, given())).toEqual({ outcome: 'accepted' });
    expect(judge(refer(yot), given(toProvider), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });

  it('does not take one that it has used: reference-taken', () => {
    expect(judge(toProvider, given(toProvider))).toMatchObject(rejection('reference-taken'));
  });

  it('may name assessments that the referrer may know of', () => {
    const first = told(yot, 'assessment.recorded', assessment({ assessmentId: 'a-1' }));
    const withAssessments = refer(connexions, { assessments: ['a-1'] });
    expect(judge(withAssessments, given(first))).toEqual({ outcome: 'accepted' });
    expect(judge(withAssessments, given(first), NOTHING_KNOWN)).toMatchObject(rejection('unknown-reference'));
    expect(judge(withAssessments, given())).toEqual(judge(withAssessments, given(first), NOTHING_KNOWN));
  });
});

describe('answering a referral', () => {
  it.each([accept(provider), decline(provider)])('is for the agency named', (answer) => {
    expect(judge(answer, given(toProvider), NOTHING_KNOWN)).toEqual({ outcome: 'accepted', ...of('connexions-north') });
  });

  it.each([
    ['nobody made', accept(provider), given()],
    ['names another agency', accept(otherProvider), given(toProvider)],
    ['the referrer made to another', decline(connexions), given(toProvider)],
    ['was accepted', decline(provider), given(toProvider, { ...accept(provider), ...of('connexions-north') })],
    ['was declined', accept(provider), given(toProvider, { ...decline(provider), ...of('connexions-north') })],
  ])('is rejected where the referral %s: unknown-reference', (_, answer, state) => {
    expect(judge(answer, state)).toMatchObject(rejection('unknown-reference'));
  });

  it('tells an agency that is not named nothing', () => {
    expect(judge(accept(otherProvider), given(toProvider))).toEqual(judge(accept(otherProvider), given()));
  });

  it('of two referrers with one id answers the earlier first', () => {
    const two = [toProvider, { ...refer(yot), at: NOON + 1 }];
    expect(judge(accept(provider), given(...two))).toMatchObject(of('connexions-north'));
    const answered = given(...two, { ...accept(provider), ...of('connexions-north') });
    expect(judge(accept(provider), answered)).toMatchObject(of('city-yot'));
  });

  it('of two of which one has no effect answers the other', () => {
    const counts = ({ source }: { readonly source: string }) => source !== yot.slug;
    expect(judge(accept(provider), given(refer(yot), toProvider), ALL_KNOWN, { counts })).toMatchObject(of('connexions-north'));
  });

  it('names the referrer whose it says that it is', () => {
    const ofYot = told(provider, 'referral.accepted', { referralId: 'r-1', of: yot.slug });
    expect(judge(ofYot, given(toProvider, refer(yot)))).toMatchObject(of('city-yot'));
    expect(judge(ofYot, given(toProvider))).toMatchObject(rejection('unknown-reference'));
  });

  it('vouches, by naming it outright, for a referrer that does not stand', () => {
    const ofYot = told(provider, 'referral.accepted', { referralId: 'r-1', of: yot.slug });
    expect(judge(ofYot, given(refer(yot)), ALL_KNOWN, { counts: () => false })).toMatchObject(of('city-yot'));
  });

  it('is told nothing of a referral by one that does not stand', () => {
    const counts = () => false;
    for (const state of [given(), given(toProvider)]) {
      expect(judge(accept(provider), state, ALL_KNOWN, { counts })).toMatchObject(rejection('unknown-reference'));
      expect(judge(accept(provider), state, ALL_KNOWN, { counts, mayLookUp: false })).toEqual({ outcome: 'accepted' });
    }
  });
});

describe('withdrawing a referral', () => {
  const withdraw = (by: Teller) => told(by, 'referral.withdrawn', { referralId: 'r-1' });

  it('is for its referrer alone, once: unknown-reference', () => {
    expect(judge(withdraw(connexions), given(toProvider), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
    expect(judge(withdraw(yot), given(toProvider))).toMatchObject(rejection('unknown-reference'));
    expect(judge(withdraw(connexions), given(toProvider, withdraw(connexions)))).toMatchObject(rejection('unknown-reference'));
  });
});
