import { type Question, relationshipBits } from './decision.ts';
import { compileDecisionTable } from './decision-table.ts';
import { explain } from './explain.ts';
import { flowWith, itemWith, partiesOf, protocolWith, questionWith } from './oracle/protocol-fixture.ts';

const to = (...roles: ('provider' | 'college' | 'funder')[]) => [{ roles, relationship: ['enrolled-with'] as const }];
const share = [{ category: 'assessment' }] as const;
const plan = ['plan-learning'];

const passport = protocolWith({
  id: 'passport',
  parties: partiesOf('provider', 'college', 'connexions', 'funder'),
  flows: [
    flowWith({
      id: 'CONSENT',
      share,
      to: to('provider'),
      for: plan,
      consent: 'required',
      fields: { except: ['note'], ifSupplied: ['uln'] },
    }),
    flowWith({
      id: 'EXPLICIT',
      share,
      to: to('provider'),
      for: plan,
      consent: 'explicit',
      basis: { article6: 'a', article9: 'a', article10: 'Sch. 1' },
    }),
    flowWith({ id: 'EXISTS', share, to: to('provider'), for: plan, level: 'existence', fields: { only: ['assessmentId'] } }),
    flowWith({ id: 'NAMED', share, to: [{ roles: ['provider'], relationship: ['enrolled-with'], namedIn: 'to' }], for: plan }),
    flowWith({ id: 'SOURCE', share, to: to('provider'), for: plan, from: ['college'] }),
    flowWith({ id: 'ROLE', share, to: to('funder'), for: plan }),
    flowWith({ id: 'ROUTE', share, to: [{ roles: ['provider'], withoutIdentity: true }], for: plan }),
    flowWith({ id: 'FACTS', share: [{ category: 'assessment', when: { framework: ['apir'] } }], to: to('provider'), for: plan }),
    flowWith({ id: 'PURPOSE', share, to: to('provider'), for: ['support-learner'] }),
    flowWith({ id: 'ANSWER', share, to: [{ roles: ['provider'], relationship: ['enrolled-with'], answers: 'own' }], for: plan }),
    flowWith({ id: 'SINCE', share, to: [{ roles: ['provider'], relationship: ['enrolled-with'], since: 'referral' }], for: plan }),
    flowWith({ id: 'SHUNNED', share, to: [{ roles: ['provider'], relationship: ['enrolled-with'], notFrom: ['connexions'] }], for: plan }),
    flowWith({ id: 'COUNTED', share, to: to('provider'), for: plan, delivery: ['aggregate'], basis: { article6: 'none' } }),
  ],
});

const never = (id: string, parties: readonly string[]) => ({
  document: protocolWith({
    id,
    parties: partiesOf('provider', 'connexions'),
    flows: [flowWith({ id: 'THEIRS', share, to: to('provider'), for: plan })],
    prohibitions: [{ id: 'NEVER', says: 'Never counted.', share, from: 'any', to: ['college'], aggregates: true }],
  }),
  parties,
});

const table = compileDecisionTable(
  [{ document: passport, parties: ['forge', 'north', 'wulfrun'] }, never('absent', []), never('sourceless', ['forge'])],
  [
    { slug: 'forge', roles: ['provider'] },
    { slug: 'wulfrun', roles: ['college'] },
    { slug: 'north', roles: ['connexions'] },
  ],
);

const question = questionWith({
  recipient: 'forge',
  item: itemWith({ type: 'assessment.recorded', category: 'assessment', source: 'north', facts: { framework: 'initial' } }),
  relationships: relationshipBits(['enrolled-with']),
  purposes: plan,
});

const sentence = (clause: string, asked: Question = question): string | undefined =>
  explain(table, asked).find((line) => line.startsWith(`${clause} `));

describe('explain', () => {
  it('says first what was decided', () => {
    expect(explain(table, question)[0]).toBe(
      'Permitted by passport@1#EXISTS: existence, fields assessmentId; for plan-learning; basis Art 6(1)(e).',
    );
    expect(explain(table, { ...question, relationships: 0 })[0]).toBe('Refused.');
    expect(explain(table, { ...question, recipient: 'north' })[0]).toBe('Permitted: north contributed the item itself.');
  });

  it('tells the consent, the fields and the conditions relied on', () => {
    const consent = {
      id: 'c-1',
      revision: 2,
      live: true,
      explicit: true,
      source: 'north',
      others: true,
      own: 'none' as const,
      protocol: 'passport',
      purposes: plan,
      categories: ['assessment'],
      recipients: ['forge'],
      validFrom: '2026-01-01',
    };
    const [required] = explain(table, { ...question, learner: { ...question.learner, consents: [{ ...consent, explicit: false }] } });
    expect(required).toBe(
      'Permitted by passport@1#CONSENT: full, without note, uln if the recipient supplied it; for plan-learning; basis Art 6(1)(e); relying on consent c-1 as of revision 2.',
    );
    const [explicit] = explain(table, { ...question, learner: { ...question.learner, consents: [consent] } });
    expect(explicit).toBe(
      'Permitted by passport@1#EXPLICIT: full; for plan-learning; basis Art 6(1)(a), Art 9(2)(a), Art 10 (Sch. 1); relying on consent c-1 as of revision 2.',
    );
    expect(explain(table, { ...question, route: 'list' })[0]).toBe(
      'Permitted by passport@1#ROUTE: full, without the identity; for plan-learning; basis Art 6(1)(e).',
    );
  });

  it.each([
    ['passport@1#EXISTS', 'passport@1#EXISTS would permit it: Clause EXISTS.'],
    [
      'passport@1#CONSENT',
      'passport@1#CONSENT does not permit it: no live consent covers protocol, purpose, category and recipient today.',
    ],
    [
      'passport@1#EXPLICIT',
      'passport@1#EXPLICIT does not permit it: no live consent given explicitly covers protocol, purpose, category and recipient today.',
    ],
    ['passport@1#NAMED', 'passport@1#NAMED does not permit it: the item does not name forge.'],
    ['passport@1#SOURCE', 'passport@1#SOURCE does not permit it: it shares nothing from agencies of the roles of north.'],
    ['passport@1#ANSWER', 'passport@1#ANSWER does not permit it: the item does not answer anything of forge.'],
    ['passport@1#SINCE', 'passport@1#SINCE does not permit it: the programme did not begin after forge referred the learner to it.'],
    ['passport@1#SHUNNED', 'passport@1#SHUNNED does not permit it: it shares nothing from agencies of the roles of north.'],
    ['passport@1#ROLE', 'passport@1#ROLE does not permit it: it shares with no role of forge.'],
    ['passport@1#ROUTE', 'passport@1#ROUTE does not permit it: it is not delivered by the route learner.'],
    ['passport@1#FACTS', 'passport@1#FACTS does not permit it: the item is not of the narrower kind that it shares.'],
    ['passport@1#PURPOSE', 'passport@1#PURPOSE does not permit it: it serves none of the purposes asked (plan-learning).'],
    ['absent@1#THEIRS', 'absent@1#THEIRS does not permit it: forge is no party of the protocol.'],
    ['sourceless@1#THEIRS', 'sourceless@1#THEIRS does not permit it: north, from whom the item comes, is no party of the protocol.'],
    ['absent@1#NEVER', 'absent@1#NEVER is about such an item, but does not bind forge here: Never counted.'],
  ])('tells of %s', (clause, expected) => {
    expect(sentence(clause)).toBe(expected);
  });

  it('tells of relationships, restrictions and objections', () => {
    expect(sentence('passport@1#EXISTS', { ...question, relationships: 0 })).toMatch(
      'forge has none of the relationships with the learner that it asks for',
    );
    expect(sentence('passport@1#EXISTS', { ...question, learner: { ...question.learner, restrictions: [{}] } })).toMatch(
      'asked for a restriction',
    );
    expect(sentence('passport@1#EXISTS', { ...question, learner: { ...question.learner, objections: [{}] } })).toMatch('is undecided');
  });

  it('tells that nobody vouched for the source', () => {
    const doubtful = { ...question, item: { ...question.item, confirmed: false } };
    expect(sentence('passport@1#EXISTS', doubtful)).toBe(
      'passport@1#EXISTS does not permit it: nobody vouched for north, from whom the item comes.',
    );
  });

  it('tells of prohibitions', () => {
    const counted: Question = { ...question, route: 'aggregate' };
    expect(sentence('absent@1#NEVER', counted)).toBe('absent@1#NEVER forbids it in the aggregates of every other protocol: Never counted.');
    expect(sentence('passport@1#COUNTED', counted)).toMatch('another protocol forbids such data in aggregates');
    expect(sentence('absent@1#NEVER', { ...question, recipient: 'wulfrun' })).toBe(
      'absent@1#NEVER forbids it, since it binds a role of wulfrun: Never counted.',
    );
  });

  it('says so where no clause is about such an item', () => {
    const item = itemWith({ type: 'review.held', category: 'review', source: 'north' });
    expect(explain(table, { ...question, item })).toEqual(['Refused.', 'No clause of a protocol in force shares such an item.']);
  });
});
