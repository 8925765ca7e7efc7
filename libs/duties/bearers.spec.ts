import { informed, kinds, passport, said, started, term } from './fixtures/index.ts';
import { bearersOf, type DutyEvent, DutyReckoning, type DutyTerm } from './index.ts';

describe('whose a duty is', () => {
  const ROLES: Readonly<Record<string, readonly ('connexions' | 'provider' | 'yot')[]>> = {
    north: ['connexions'],
    south: ['connexions'],
    bct: ['provider'],
    hts: ['provider'],
    city: ['yot'],
  };
  const bearers = (one: DutyTerm, events: readonly DutyEvent[], adviser: string | null = 'north'): readonly string[] => {
    const responsible = adviser ?? undefined;
    const reckoning = new DutyReckoning(events, kinds, '2026-10-01');
    const linkAdviserOf = (provider: string) => (provider === 'hts' ? 'south' : undefined);
    const parties = { responsible, linkAdviserOf, sources: ['north', 'bct', 'city'], rolesOf: (slug: string) => ROLES[slug] ?? [] };
    return reckoning.triggered([one]).flatMap((triggered) => bearersOf(triggered, reckoning, parties));
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

  it('is nobody’s to answer for whoever is asked and holds no role of the duty', () => {
    const referral = said('north', 'referral.made', '2026-09-02', { referralId: 'r-1', to: 'city', route: 'connexions' });
    expect(bearers(passport('answer-referral'), [referral])).toEqual([]);
  });

  it('is the link adviser’s of where somebody came, to find an adviser; where there is none, the responsible adviser’s', () => {
    const self = (by: string) => said(by, 'referral.made', '2026-09-02', { referralId: 'r-1', to: by, route: 'self' });
    expect(bearers(passport('allocate'), [self('hts')])).toEqual(['south']);
    expect(bearers(passport('allocate'), [self('bct')])).toEqual(['north']);
    const handed = said('south', 'referral.made', '2026-09-02', { referralId: 'r-1', to: 'north', route: 'out-of-area' });
    expect(bearers(passport('allocate'), [handed], 'south')).toEqual(['north']);
  });

  it('is theirs whose adviser left, where nobody else is responsible', () => {
    const left = said('south', 'learner.adviser-ended', '2026-09-02', { role: 'personal-adviser', on: '2026-09-02' });
    expect([bearers(passport('allocate-again'), [left]), bearers(passport('allocate-again'), [left], null)]).toEqual([
      ['north'],
      ['south'],
    ]);
  });

  it('is, after a referral that lapsed, the adviser’s and not theirs who did not answer', () => {
    const lapsed = said('south', 'referral.made', '2026-02-02', { referralId: 'r-1', to: 'south', route: 'out-of-area' });
    expect(bearers(passport('refer-on'), [lapsed])).toEqual(['north']);
  });

  it('is, of other roles, theirs who have to do with the learner', () => {
    expect(bearers(term('youth-justice', 'case-conference'), [started()])).toEqual(['city']);
  });
});
