import { informed, kinds, passport, said, started, term } from './fixtures/index.ts';
import { bearersOf, type DutyEvent, DutyReckoning, type DutyTerm } from './index.ts';

describe('whose a duty is', () => {
  const ROLES: Readonly<Record<string, readonly ('connexions' | 'provider' | 'yot')[]>> = {
    north: ['connexions'],
    bct: ['provider'],
    hts: ['provider'],
    city: ['yot'],
  };
  const bearers = (one: DutyTerm, events: readonly DutyEvent[], responsible: string | undefined = 'north'): readonly string[] => {
    const reckoning = new DutyReckoning(events, kinds, '2026-10-01');
    const parties = { responsible, sources: ['north', 'bct', 'city'], rolesOf: (slug: string) => ROLES[slug] ?? [] };
    return reckoning.under([one]).flatMap((instance) => bearersOf(instance, reckoning, parties));
  };

  it('is the agency of the responsible adviser’s, or nobody’s where there is none', () => {
    expect(bearers(passport('follow-up'), [started(), informed('2026-07-08')])).toEqual(['north']);
    expect(bearers(passport('sign-off'), [started()], 'bct')).toEqual([]);
  });

  it('is the source’s of the programme, whoever spoke of it', () => {
    const queried = said('north', 'programme.queried', '2026-08-01', { programmeId: 'p-1', reason: 'hours' });
    expect(bearers(passport('first-review'), [started()])).toEqual(['bct']);
    expect(bearers(passport('resolve-query'), [started(), queried])).toEqual(['bct', 'north']);
  });

  it('is theirs whom the event names', () => {
    const referral = said('north', 'referral.made', '2026-09-02', { referralId: 'r-1', to: 'hts', route: 'connexions' });
    expect(bearers(passport('answer-referral'), [referral])).toEqual(['hts']);
    expect(bearers(term('initial-assessment-reuse', 'apir-at-referral'), [referral])).toEqual(['north']);
  });

  it('is, of other roles, theirs who have to do with the learner', () => {
    expect(bearers(term('youth-justice', 'case-conference'), [started()])).toEqual(['city']);
  });
});
