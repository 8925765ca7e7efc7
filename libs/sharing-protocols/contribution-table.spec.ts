import { compileContributionTable, mayContribute } from './contribution-table.ts';
import { partiesOf, protocolWith } from './oracle/protocol-fixture.ts';

const passport = protocolWith({
  id: 'e2e-passport',
  parties: partiesOf('connexions', 'provider'),
  contributions: [
    { types: ['learner.registered'], roles: ['connexions', 'provider'], relationship: 'begins' },
    { types: ['assessment.recorded'], roles: ['connexions', 'provider'], when: { framework: ['initial'] } },
    { types: ['assessment.recorded'], roles: ['connexions'], when: { framework: ['apir'] } },
    { types: ['notice.acknowledged'], roles: 'recipient' },
    { types: ['link-adviser.assigned'], roles: ['connexions'], relationship: 'none' },
    { types: ['record.retracted'], roles: 'source' },
    { types: ['question.answered'], roles: 'asked' },
    { types: ['referral.made'], roles: ['provider'], when: { route: ['self'] }, namedIn: 'to' },
  ],
});

const reuse = protocolWith({
  id: 'assessment-reuse',
  version: 3,
  parties: partiesOf('provider'),
  contributions: [{ types: ['assessment.recorded', 'notice.acknowledged'], roles: ['provider'] }],
});

const AGENCIES = [
  { slug: 'north', roles: ['connexions'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'heath', roles: ['provider'] },
  { slug: 'both', roles: ['provider', 'connexions'] },
] as const;

const table = compileContributionTable([{ document: passport, parties: ['north', 'forge', 'both'] }], AGENCIES);

const ask = (agency: string, type: string, facts: Record<string, string> = {}) => mayContribute(table, { agency, type, facts });

describe('an agency may contribute', () => {
  it('what a protocol of which it is a party gives to one of its roles', () => {
    expect(ask('forge', 'assessment.recorded', { framework: 'initial' })).toEqual({
      allowed: true,
      relationship: 'any',
      citation: 'e2e-passport@1',
    });
    expect(ask('both', 'assessment.recorded', { framework: 'apir' })).toEqual({
      allowed: true,
      relationship: 'any',
      citation: 'e2e-passport@1',
    });
  });

  it('a registration, which begins the relationship', () => {
    expect(ask('forge', 'learner.registered')).toMatchObject({ allowed: true, relationship: 'begins' });
  });

  it('an event about no learner', () => {
    expect(ask('north', 'link-adviser.assigned')).toMatchObject({ allowed: true, relationship: 'none' });
  });

  it('as recipient, on that condition', () => {
    expect(ask('north', 'notice.acknowledged')).toEqual({
      allowed: true,
      relationship: 'any',
      condition: 'recipient',
      citation: 'e2e-passport@1',
    });
  });

  it('as source of what it names, or as the agency asked, on that condition', () => {
    expect(ask('forge', 'record.retracted')).toMatchObject({ allowed: true, condition: 'source' });
    expect(ask('forge', 'question.answered')).toMatchObject({ allowed: true, condition: 'asked' });
  });

  it('what names it where that is asked', () => {
    expect(ask('forge', 'referral.made', { route: 'self', to: 'forge' })).toMatchObject({ allowed: true });
    expect(ask('forge', 'referral.made', { route: 'self', to: 'both' })).toEqual({ allowed: false });
    expect(ask('forge', 'referral.made', { route: 'self' })).toEqual({ allowed: false });
    expect(ask('forge', 'referral.made', { route: 'school', to: 'forge' })).toEqual({ allowed: false });
  });

  it('by the least demanding clause, then by name', () => {
    const two = compileContributionTable(
      [
        { document: passport, parties: ['forge'] },
        { document: reuse, parties: ['forge'] },
      ],
      AGENCIES,
    );
    const forge = { agency: 'forge', facts: { framework: 'initial' } };
    expect(mayContribute(two, { ...forge, type: 'notice.acknowledged' })).toEqual({
      allowed: true,
      relationship: 'any',
      citation: 'assessment-reuse@3',
    });
    expect(mayContribute(two, { ...forge, type: 'assessment.recorded' })).toMatchObject({ citation: 'assessment-reuse@3' });
  });
});

describe('an agency may not contribute', () => {
  it('what the facts put out of reach of its roles', () => {
    expect(ask('forge', 'assessment.recorded', { framework: 'apir' })).toEqual({ allowed: false });
    expect(ask('forge', 'assessment.recorded')).toEqual({ allowed: false });
  });

  it('where it is no party, or is not registered', () => {
    expect(ask('heath', 'learner.registered')).toEqual({ allowed: false });
    expect(ask('heath', 'notice.acknowledged')).toEqual({ allowed: false });
    expect(ask('nobody', 'learner.registered')).toEqual({ allowed: false });
  });

  it('a type that no protocol names', () => {
    expect(ask('north', 'offence.noted')).toEqual({ allowed: false });
  });

  it('in a role in which it does not act', () => {
    const asked = { agency: 'both', type: 'assessment.recorded', facts: { framework: 'apir' } };
    expect(mayContribute(table, { ...asked, roles: ['provider'] })).toEqual({ allowed: false });
  });
});
