import { decideDisclosure } from './decide-disclosure.ts';
import { type Lack, type Question, relationshipBits } from './decision.ts';
import { compileDecisionTable } from './decision-table.ts';
import {
  assessment,
  consent,
  forgePlans,
  health,
  leaving,
  learner,
  offence,
  referral,
  table,
  vacancy,
} from './oracle/partnership-fixture.ts';
import { flowWith, partiesOf, protocolWith, questionWith } from './oracle/protocol-fixture.ts';

const lacks = (question: Question): readonly Lack[] => {
  const decision = decideDisclosure(table, question);
  return decision.permit ? [] : decision.reasons.map((reason) => reason.lacks);
};

const clauseOf = (question: Question): string | undefined => {
  const decision = decideDisclosure(table, question);
  return decision.permit ? decision.clause : undefined;
};

const share = [{ category: 'leaving' }] as const;

const bothPurposes = compileDecisionTable(
  [
    {
      document: protocolWith({
        id: 'twice',
        parties: partiesOf('connexions', 'provider'),
        flows: [
          flowWith({ id: 'SECOND', share, to: [{ roles: ['connexions'] }], for: ['account-for-funding'], consent: 'required' }),
          flowWith({ id: 'FIRST', share, to: [{ roles: ['connexions'], relationship: ['adviser-for'] }], for: ['track-participation'] }),
        ],
      }),
      parties: ['north', 'forge'],
    },
  ],
  [
    { slug: 'north', roles: ['connexions'] },
    { slug: 'forge', roles: ['provider'] },
  ],
);

describe('a refusal says what each clause lacked first', () => {
  it('no clause', () => {
    expect(decideDisclosure(table, { ...forgePlans, purposes: ['plan-provision'] })).toEqual({
      permit: false,
      reasons: [{ lacks: 'no-clause' }],
    });
  });

  it('relationship', () => {
    expect(decideDisclosure(table, { ...forgePlans, relationships: relationshipBits(['known-to']) })).toEqual({
      permit: false,
      reasons: [
        { clause: 'e2e-passport@1#EP3', lacks: 'relationship' },
        { clause: 'e2e-passport@1#EP4', lacks: 'relationship' },
      ],
    });
  });

  it('for each of several purposes', () => {
    const question = { ...forgePlans, item: health, purposes: ['plan-learning', 'support-learner', 'deliver-programme'] };
    expect(lacks(question)).toEqual(['explicit-consent']);
    const both = {
      ...forgePlans,
      item: leaving,
      recipient: 'north',
      relationships: 0,
      purposes: ['track-participation', 'account-for-funding'],
      route: 'list' as const,
    };
    expect(decideDisclosure(bothPurposes, both)).toEqual({
      permit: false,
      reasons: [
        { clause: 'twice@1#FIRST', lacks: 'relationship' },
        { clause: 'twice@1#SECOND', lacks: 'consent' },
      ],
    });
  });

  it('not named', () => {
    const question = questionWith({
      recipient: 'forge',
      item: referral,
      relationships: relationshipBits(['referred-to']),
      purposes: ['deliver-programme'],
    });
    expect(clauseOf(question)).toBe('e2e-passport@1#EP2');
    expect(lacks({ ...question, recipient: 'heath' })).toEqual(['not-named']);
  });

  it('consent', () => {
    const screening = { ...assessment, facts: { framework: 'screening' } };
    expect(lacks({ ...forgePlans, item: screening })).toEqual(['consent']);
    expect(lacks({ ...forgePlans, item: screening, learner: learner({ consents: [{ ...consent, live: false }] }) })).toEqual(['consent']);
  });

  it('explicit consent', () => {
    const question = { ...forgePlans, item: health, purposes: ['support-learner'] };
    expect(lacks({ ...question, learner: learner({ consents: [consent] }) })).toEqual(['explicit-consent']);
    expect(clauseOf({ ...question, learner: learner({ consents: [{ ...consent, explicit: true }] }) })).toBe('e2e-passport@1#EP6');
  });

  it('restricted', () => {
    expect(lacks({ ...forgePlans, learner: learner({ consents: [consent], restrictions: [{ categories: ['assessment'] }] }) })).toEqual([
      'restricted',
      'restricted',
    ]);
  });

  it('objected', () => {
    expect(lacks({ ...forgePlans, learner: learner({ consents: [consent], objections: [{ recipients: ['provider'] }] }) })).toEqual([
      'objected',
      'objected',
    ]);
  });

  it('prohibited', () => {
    const question = questionWith({ recipient: 'heath', item: vacancy, purposes: ['match-placement'], route: 'list' });
    expect(decideDisclosure(table, question)).toEqual({
      permit: false,
      reasons: [{ clause: 'placement-matching@1#PM-never', lacks: 'prohibited' }],
    });
  });
});

describe('a prohibition', () => {
  const question = questionWith({ recipient: 'lsc', item: vacancy, purposes: ['match-placement'], route: 'list' });

  it('binds by any role: a funder with its own training arm', () => {
    expect(lacks(question)).toEqual(['prohibited']);
    expect(clauseOf({ ...question, recipient: 'careers' })).toBe('placement-matching@1#PM1');
  });

  it('on aggregates closes those of every other protocol', () => {
    const counted = questionWith({ recipient: 'careers', item: offence, purposes: ['plan-provision'], route: 'aggregate' });
    expect(decideDisclosure(table, counted)).toEqual({ permit: false, reasons: [{ clause: 'e2e-passport@1#PR1', lacks: 'prohibited' }] });
    expect(clauseOf({ ...counted, item: leaving })).toBe('e2e-passport@1#PR1');
  });
});

describe('restrictions and objections', () => {
  const leaver = questionWith({
    recipient: 'north',
    item: leaving,
    relationships: relationshipBits(['resident-area']),
    purposes: ['track-participation'],
  });

  it('leave a legal obligation alone', () => {
    expect(clauseOf({ ...leaver, learner: learner({ restrictions: [{}], objections: [{}] }) })).toBe('e2e-passport@1#EL1');
  });

  it('out of scope change nothing', () => {
    expect(
      clauseOf({
        ...forgePlans,
        learner: learner({ restrictions: [{ recipients: ['heath'] }], objections: [{ purposes: ['support-learner'] }] }),
      }),
    ).toBe('e2e-passport@1#EP4');
  });
});
