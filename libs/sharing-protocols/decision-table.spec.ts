import { decideDisclosure } from './decide-disclosure.ts';
import { type TableAgency, clausesThatWouldHave, clausesThatWouldShowMore, compileDecisionTable, flowOf } from './decision-table.ts';
import type { Party } from './language.ts';
import { flowWith, itemWith, protocolWith, questionWith } from './oracle/protocol-fixture.ts';
import { relationshipBits } from './decision.ts';

const document = (parties: readonly Party[]) =>
  protocolWith({
    id: 'passport',
    version: 2,
    parties,
    purposes: [{ id: 'plan-learning', sentence: { en: 'To plan.', cy: 'I gynllunio.' }, dpv: 'dpv:ServiceProvision' }],
    flows: [
      flowWith({
        id: 'B',
        share: [{ category: 'review' }],
        to: [{ roles: ['provider'], relationship: ['enrolled-with'] }],
        for: ['plan-learning'],
      }),
      flowWith({
        id: 'A',
        share: [{ category: 'programme' }],
        to: [{ roles: ['provider', 'school'], relationship: ['enrolled-with'] }],
        for: ['plan-learning'],
      }),
      flowWith({ id: 'LIST', share: [{ category: 'review' }], to: [{ roles: ['provider'] }], for: ['plan-learning'] }),
      flowWith({
        id: 'FEED',
        share: [{ category: 'review' }],
        to: [{ roles: ['provider'], relationship: ['known-to'] }],
        for: ['plan-learning'],
        delivery: ['feed'],
      }),
      flowWith({
        id: 'OTHER',
        share: [{ category: 'review' }],
        to: [{ roles: ['provider'], relationship: ['known-to'] }],
        for: ['support-learner'],
      }),
    ],
  });

const anyone = (role: Party['role']): Party => ({ role, mustSign: false });

const AGENCIES: readonly TableAgency[] = [
  { slug: 'forge', roles: ['provider'], districts: ['WV1'] },
  { slug: 'lsc', roles: ['funder', 'provider'], districts: ['B1'] },
  { slug: 'st-chads', roles: ['school'] },
];

const tableWith = (...parties: readonly Party[]) =>
  compileDecisionTable([{ document: document(parties), parties: ['forge', 'lsc', 'st-chads'] }], AGENCIES);

const table = tableWith(anyone('provider'), anyone('school'), anyone('funder'));

const review = questionWith({
  recipient: 'lsc',
  item: itemWith({ type: 'review.held', category: 'review', source: 'forge' }),
  relationships: relationshipBits(['enrolled-with']),
  purposes: ['plan-learning'],
});

describe('clauses that would show more', () => {
  const clauses = (level: 'existence' | 'full', more: Partial<typeof review> = {}): unknown =>
    clausesThatWouldShowMore(table, { ...review, ...more }, level);

  it('are those that show the item fuller to that recipient for the purposes, whatever its relationships', () => {
    const [b] = [{ clause: 'passport@2#B', needs: 'relationship' }];
    expect(clauses('existence', { route: 'learner' })).toEqual([b]);
    expect(clauses('full', { route: 'learner' })).toEqual([]);
    expect(clauses('existence', { route: 'learner', relationships: 0 })).toEqual([b]);
    expect(clauses('existence', { route: 'learner', purposes: ['guarantee-place'] })).toEqual([]);
    expect(clauses('existence', { route: 'learner', recipient: 'st-chads' })).toEqual([]);
  });
});

describe('clauses that would have to hold', () => {
  it('are those on which the recipient could see something of a learner for the purpose, by name', () => {
    expect(clausesThatWouldHave(table, 'forge', ['plan-learning'])).toEqual(['passport@2#A', 'passport@2#B']);
    expect(clausesThatWouldHave(table, 'st-chads', ['plan-learning', 'support-learner'])).toEqual(['passport@2#A']);
    expect(clausesThatWouldHave(table, 'forge', ['guarantee-place'])).toEqual([]);
    expect(clausesThatWouldHave(table, 'nobody', ['plan-learning'])).toEqual([]);
  });
});

describe('roles in a protocol', () => {
  it("are those that its parties name: a role filled by listed agencies alone is nobody else's", () => {
    const listed = tableWith({ role: 'provider', agencies: ['forge'], mustSign: true }, anyone('funder'));
    expect(decideDisclosure(table, review).permit).toBe(true);
    expect(decideDisclosure(listed, review).permit).toBe(false);
  });

  it('depend on the district where a party says so', () => {
    const local = tableWith({ role: 'provider', districts: ['WV1', 'WV2'], mustSign: true }, anyone('funder'));
    expect(decideDisclosure(local, review).permit).toBe(false);
    expect(decideDisclosure(tableWith({ role: 'provider', districts: ['B1', 'WV1'], mustSign: true }), review).permit).toBe(true);
  });
});

describe('clauses of equal fullness', () => {
  it('are told apart by name, not by their order in the document', () => {
    const item = itemWith({ type: 'review.held', category: 'review', source: 'forge' });
    const to = [{ roles: ['provider'] as const, relationship: ['enrolled-with'] as const }];
    const flows = ['Z', 'Y'].map((id) => flowWith({ id, share: [{ category: 'review' }], to, for: ['plan-learning'] }));
    const twins = protocolWith({ id: 'twins', parties: [anyone('provider')], flows });
    const decided = decideDisclosure(compileDecisionTable([{ document: twins, parties: ['forge', 'lsc'] }], AGENCIES), { ...review, item });
    expect(decided).toMatchObject({ clause: 'twins@1#Y' });
  });
});

describe('the table', () => {
  it('knows the purposes in force and the flow behind a clause', () => {
    expect([...table.purposes]).toEqual(['plan-learning']);
    expect(flowOf(table, 'passport@2#A')?.retention).toBe('P1Y');
    expect(flowOf(table, 'own')).toBeUndefined();
  });

  it('decides nothing from an empty partnership', () => {
    expect(decideDisclosure(compileDecisionTable([], []), review)).toEqual({ permit: false, reasons: [{ lacks: 'no-clause' }] });
  });

  it('takes agencies with equal membership together, so that the table grows with kinds of agency and not with agencies', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({ slug: `provider-${n}`, roles: ['provider'] as const }));
    const large = compileDecisionTable([{ document: document([anyone('provider')]), parties: many.map(({ slug }) => slug) }], many);
    expect(new Set(many.map(({ slug }) => large.memberships.get(slug))).size).toBe(1);
  });
});
