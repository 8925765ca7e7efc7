import { decideDisclosure, mayKnow } from './decide-disclosure.ts';
import { type Lack, type Question, relationshipBits } from './decision.ts';
import { officeRecipient } from './decision-table.ts';
import { assessment, consent, forgePlans, leaving, learner, table, vacancy } from './oracle/partnership-fixture.ts';
import { itemWith, questionWith } from './oracle/protocol-fixture.ts';

const lacks = (question: Question): readonly Lack[] => {
  const decision = decideDisclosure(table, question);
  return decision.permit ? [] : decision.reasons.map((reason) => reason.lacks);
};

const clauseOf = (question: Question): string | undefined => {
  const decision = decideDisclosure(table, question);
  return decision.permit ? decision.clause : undefined;
};

describe('what an agency contributed itself', () => {
  const own = questionWith({ recipient: 'forge', item: { ...vacancy, source: 'forge' } });

  it('is shown in full without relationship or purpose, under a prohibition and a restriction', () => {
    expect(decideDisclosure(table, { ...own, learner: learner({ restrictions: [{}] }) })).toEqual({
      permit: true,
      clause: 'own',
      level: 'full',
      fields: {},
      withoutIdentity: false,
      basis: { article6: 'none' },
    });
  });

  it('is counted in an aggregate only where a clause counts it', () => {
    expect(clauseOf({ ...own, route: 'aggregate', purposes: ['plan-provision'] })).toBeUndefined();
  });
});

describe('a clause', () => {
  it('permits with its fields, basis and purpose', () => {
    expect(decideDisclosure(table, forgePlans)).toEqual({
      permit: true,
      clause: 'e2e-passport@1#EP4',
      level: 'existence',
      fields: { only: ['assessmentId'] },
      withoutIdentity: false,
      basis: { article6: 'e' },
      purpose: 'plan-learning',
    });
  });

  it('permits without the identity where it says so', () => {
    const question = questionWith({ recipient: 'careers', item: leaving, purposes: ['account-for-funding'], route: 'list' });
    expect(decideDisclosure(table, question)).toMatchObject({ clause: 'e2e-passport@1#EL2', withoutIdentity: true });
  });

  it('that is fuller decides, and cites the consent of the lowest revision', () => {
    const consents = [{ ...consent, id: 'c-9', revision: 7 }, consent, { ...consent, id: 'c-2', revision: 3 }];
    expect(decideDisclosure(table, { ...forgePlans, learner: learner({ consents }) })).toMatchObject({
      clause: 'e2e-passport@1#EP3',
      level: 'full',
      consent: { id: 'c-1', revision: 3 },
    });
  });

  it('is not helped by a consent for another role, though the agency is named nowhere else', () => {
    expect(clauseOf({ ...forgePlans, learner: learner({ consents: [{ ...consent, recipients: ['college', 'connexions'] }] }) })).toBe(
      'e2e-passport@1#EP4',
    );
  });

  it('is not helped by halves of two consents', () => {
    const consents = [
      { ...consent, purposes: ['support-learner'] },
      { ...consent, categories: ['apir'] },
    ];
    expect(clauseOf({ ...forgePlans, learner: learner({ consents }) })).toBe('e2e-passport@1#EP4');
  });

  it('of several purposes asked cites the one that it serves', () => {
    expect(decideDisclosure(table, { ...forgePlans, purposes: ['support-learner', 'plan-learning'] })).toMatchObject({
      purpose: 'plan-learning',
    });
  });

  it('shares nothing from an agency that is no party', () => {
    expect(lacks({ ...forgePlans, item: { ...assessment, source: 'outsider' } })).toEqual(['no-clause']);
  });

  it('shares nothing with an agency that is no party', () => {
    expect(lacks({ ...forgePlans, recipient: 'outsider' })).toEqual(['no-clause']);
  });

  it('that names no relationship acts on lists alone', () => {
    const question = questionWith({
      recipient: 'careers',
      item: leaving,
      purposes: ['account-for-funding'],
      relationships: relationshipBits(['known-to']),
    });
    expect(clauseOf({ ...question, route: 'list' })).toBe('e2e-passport@1#EL2');
    expect(lacks(question)).toEqual(['no-clause']);
    expect(lacks({ ...question, route: 'feed' })).toEqual(['no-clause']);
  });

  it('for an office of the operator permits no agency', () => {
    const identity = itemWith({ type: 'learner.registered', category: 'identity', source: 'north' });
    const question = questionWith({
      recipient: officeRecipient('data-manager'),
      item: identity,
      purposes: ['assure-data-quality'],
      route: 'list',
    });
    expect(clauseOf(question)).toBe('e2e-passport@1#DQ1');
    expect(lacks({ ...question, recipient: 'forge' })).toEqual(['no-clause']);
  });
});

describe('may know', () => {
  it('ignores the purpose, not the relationship', () => {
    expect(mayKnow(table, { ...forgePlans, purposes: [] })).toBe(true);
    expect(mayKnow(table, { ...forgePlans, relationships: 0 })).toBe(false);
  });

  it('holds for what the agency recorded itself', () => {
    expect(mayKnow(table, { ...forgePlans, item: { ...assessment, source: 'forge' }, relationships: 0 })).toBe(true);
  });
});
