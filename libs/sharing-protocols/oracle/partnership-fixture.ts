// A small partnership for specs: two protocols, seven agencies, one of them a funder that trains, one no party, and items of each sort.
import { type DecisionTable, compileDecisionTable } from '../decision-table.ts';
import { type ConsentTerms, type Question, relationshipBits } from '../decision.ts';
import { flowWith, itemWith, partiesOf, protocolWith, questionWith } from './protocol-fixture.ts';

const passport = protocolWith({
  id: 'e2e-passport',
  parties: partiesOf('connexions', 'provider', 'college', 'funder', 'yot'),
  flows: [
    flowWith({
      id: 'EP2',
      share: [{ category: 'referral' }],
      to: [
        { roles: ['provider', 'college'], relationship: ['referred-to'], namedIn: 'to' },
        { roles: ['connexions'], relationship: ['adviser-for'] },
      ],
      for: ['deliver-programme'],
    }),
    flowWith({
      id: 'EP3',
      share: [{ category: 'assessment' }],
      to: [{ roles: ['connexions', 'provider', 'college'], relationship: ['referred-to', 'enrolled-with', 'adviser-for'] }],
      for: ['plan-learning'],
      consent: 'required',
      delivery: ['on-request', 'feed'],
    }),
    flowWith({
      id: 'EP4',
      share: [{ type: 'assessment.recorded', when: { framework: ['initial', 'apir'] } }],
      level: 'existence',
      fields: { only: ['assessmentId'] },
      to: [{ roles: ['connexions', 'provider', 'college'], relationship: ['referred-to', 'enrolled-with', 'adviser-for'] }],
      for: ['plan-learning'],
    }),
    flowWith({
      id: 'EP6',
      share: [{ category: 'circumstance-special' }],
      level: 'summary',
      fields: { only: ['kind'] },
      to: [{ roles: ['provider'], relationship: ['enrolled-with'] }],
      for: ['support-learner'],
      basis: { article6: 'e', article9: 'a' },
      consent: 'explicit',
    }),
    flowWith({
      id: 'EL1',
      share: [{ category: 'leaving' }],
      to: [{ roles: ['connexions'], relationship: ['resident-area'] }],
      for: ['track-participation'],
      basis: { article6: 'c' },
    }),
    flowWith({
      id: 'EL2',
      share: [{ category: 'leaving' }],
      fields: { except: ['note'] },
      to: [{ roles: ['funder'], withoutIdentity: true }],
      for: ['account-for-funding'],
    }),
    flowWith({
      id: 'PR1',
      share: [{ category: 'leaving' }, { category: 'offence' }],
      to: [{ roles: ['funder', 'yot'] }],
      for: ['plan-provision'],
      delivery: ['aggregate'],
      suppressBelow: 6,
    }),
    flowWith({ id: 'DQ1', share: [{ category: 'identity' }], to: [{ roles: [], office: 'data-manager' }], for: ['assure-data-quality'] }),
  ],
});

const matching = protocolWith({
  id: 'placement-matching',
  parties: partiesOf('provider', 'ebp', 'connexions', 'funder'),
  flows: [
    flowWith({
      id: 'PM1',
      share: [{ category: 'vacancy' }],
      to: [{ roles: ['provider', 'funder', 'connexions'] }],
      for: ['match-placement'],
      basis: { article6: 'none' },
    }),
  ],
  prohibitions: [
    { id: 'PM-never', says: 'No vacancy to another provider.', share: [{ category: 'vacancy' }], from: ['provider'], to: ['provider'] },
    {
      id: 'YJ-never',
      says: 'No offence in aggregates.',
      share: [{ category: 'offence' }],
      from: 'any',
      to: ['employer'],
      aggregates: true,
    },
  ],
});

const SLUGS = ['north', 'forge', 'heath', 'lsc', 'city', 'careers'];

export const table: DecisionTable = compileDecisionTable(
  [
    { document: passport, parties: SLUGS },
    { document: matching, parties: SLUGS },
  ],
  [
    { slug: 'north', roles: ['connexions'] },
    { slug: 'forge', roles: ['provider'] },
    { slug: 'heath', roles: ['provider'] },
    { slug: 'lsc', roles: ['funder', 'provider'] },
    { slug: 'careers', roles: ['funder'] },
    { slug: 'city', roles: ['yot'] },
    { slug: 'outsider', roles: ['provider'] },
  ],
);

export const assessment = itemWith({
  type: 'assessment.recorded',
  category: 'assessment',
  source: 'north',
  facts: { framework: 'initial' },
});
export const referral = itemWith({ type: 'referral.made', category: 'referral', source: 'north', facts: { to: 'forge' } });
export const health = itemWith({ type: 'circumstance.noted', category: 'circumstance-special', source: 'north' });
export const leaving = itemWith({ type: 'programme.left-early', category: 'leaving', source: 'forge' });
export const vacancy = itemWith({ type: 'vacancy.listed', category: 'vacancy', source: 'forge' });
export const offence = itemWith({ type: 'offence.noted', category: 'offence', source: 'city' });

export const consent: ConsentTerms = {
  id: 'c-1',
  revision: 3,
  live: true,
  explicit: false,
  source: 'city',
  others: true,
  own: 'none',
  protocol: 'e2e-passport',
  purposes: ['plan-learning', 'support-learner'],
  categories: ['assessment', 'circumstance-special'],
  recipients: ['provider'],
  validFrom: '2026-01-01',
};

export const learner = (parts: Partial<Question['learner']>): Question['learner'] => ({
  consents: [],
  objections: [],
  restrictions: [],
  ...parts,
});

/** A provider asks about an assessment of a learner enrolled with it. */
export const forgePlans = questionWith({
  recipient: 'forge',
  item: assessment,
  relationships: relationshipBits(['enrolled-with']),
  purposes: ['plan-learning'],
});
