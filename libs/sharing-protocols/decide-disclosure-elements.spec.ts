import { decideDisclosure } from './decide-disclosure.ts';
import { type ConsentTerms, type Lack, type Permit, type Question, relationshipBits } from './decision.ts';
import { compileDecisionTable, officeRecipient } from './decision-table.ts';
import type { Flow } from './language.ts';
import { consent as given, learner } from './oracle/partnership-fixture.ts';
import { flowWith, itemWith, partiesOf, protocolWith, questionWith } from './oracle/protocol-fixture.ts';

const SLUGS = ['north', 'forge', 'city', 'care', 'lsc', 'st-chads'];
const PURPOSE = 'deliver-programme';

/** A table of these flows alone. */
const tableOf = (...flows: readonly Partial<Flow>[]) => {
  const document = protocolWith({
    id: 'passport',
    parties: partiesOf('connexions', 'provider', 'yot', 'social-services', 'funder', 'school'),
    flows: flows.map((flow, n) => flowWith({ id: `F${n + 1}`, share: [{ category: 'referral' }], to: [], for: [PURPOSE], ...flow })),
  });
  return compileDecisionTable(
    [{ document, parties: SLUGS }],
    [
      { slug: 'north', roles: ['connexions'] },
      { slug: 'forge', roles: ['provider'] },
      { slug: 'city', roles: ['yot'] },
      { slug: 'care', roles: ['social-services'] },
      { slug: 'lsc', roles: ['funder'] },
      { slug: 'st-chads', roles: ['school'] },
    ],
  );
};

type Table = ReturnType<typeof tableOf>;

const referral = itemWith({ type: 'referral.made', category: 'referral', source: 'north', facts: { to: 'forge' } });

const asks = (recipient: string, parts: Partial<Question> = {}): Question =>
  questionWith({ recipient, item: referral, relationships: relationshipBits(['adviser-for']), purposes: [PURPOSE], ...parts });

const outcome = (table: Table, question: Question): Lack | Permit => {
  const decision = decideDisclosure(table, question);
  return decision.permit ? decision : (decision.reasons[0]?.lacks ?? 'no-clause');
};

const permits = (table: Table, question: Question): boolean => decideDisclosure(table, question).permit;

const advisers = { roles: ['provider'], relationship: ['adviser-for'] } as const;

describe('an item whose source does not stand', () => {
  const doubtful = { ...referral, confirmed: false };

  it('passes only a clause that says so', () => {
    expect(outcome(tableOf({ to: [advisers] }), asks('forge', { item: doubtful }))).toBe('unconfirmed');
    expect(permits(tableOf({ to: [advisers], unconfirmed: true }), asks('forge', { item: doubtful }))).toBe(true);
  });

  it('is told from one whose source does, however often the clause was asked before', () => {
    const table = tableOf({ to: [advisers] });
    expect([referral, doubtful, { ...referral, confirmed: true }, doubtful].map((item) => permits(table, asks('forge', { item })))).toEqual(
      [true, false, true, false],
    );
  });

  it('lacks that after the relationship', () => {
    expect(outcome(tableOf({ to: [advisers] }), asks('forge', { item: doubtful, relationships: 0 }))).toBe('relationship');
  });

  it('is its own all the same', () => {
    expect(permits(tableOf(), asks('north', { item: doubtful }))).toBe(true);
  });
});

describe('the merged identity', () => {
  const identity = itemWith({ type: 'learner.identity', category: 'identity', source: '' });
  const statement = itemWith({ type: 'learner.registered', category: 'identity', source: 'north' });
  const merged = tableOf({ share: [{ category: 'identity', merged: true }], from: ['school'], to: [advisers] });
  const statements = tableOf({ share: [{ category: 'identity' }], to: [advisers] });

  it('passes a share of it, whoever is a source', () => {
    expect(permits(merged, asks('forge', { item: identity }))).toBe(true);
    expect(outcome(merged, asks('forge', { item: statement }))).toBe('no-clause');
  });

  it('is in no share of statements, nor of everything of a type', () => {
    expect(outcome(statements, asks('forge', { item: identity }))).toBe('no-clause');
    expect(permits(statements, asks('forge', { item: statement }))).toBe(true);
  });
});

describe('recipients narrowed', () => {
  it('to answers to what is their own', () => {
    const table = tableOf({ to: [{ roles: ['yot'], relationship: ['made-referral'], answers: 'own' }] });
    const answer = itemWith({ type: 'referral.declined', category: 'referral', source: 'forge', answers: 'city' });
    const question = asks('city', { item: answer, relationships: relationshipBits(['made-referral']) });
    expect(permits(table, question)).toBe(true);
    expect(outcome(table, { ...question, item: { ...answer, answers: 'north' } })).toBe('not-answering');
    expect(outcome(table, { ...question, item: referral })).toBe('not-answering');
  });

  it('to programmes begun since their referral, at the agency referred to', () => {
    const table = tableOf({
      share: [{ category: 'programme' }],
      to: [{ roles: ['yot'], relationship: ['referrer-of'], since: 'referral' }],
    });
    const programme = itemWith({ type: 'programme.started', category: 'programme', source: 'forge', begun: '2026-02-01' });
    const since = (day: string, to = 'forge') =>
      asks('city', { item: programme, relationships: relationshipBits(['referrer-of']), referred: new Map([[to, day]]) });
    expect(permits(table, since('2026-02-01'))).toBe(true);
    expect(outcome(table, since('2026-02-02'))).toBe('before-referral');
    expect(outcome(table, since('2026-01-01', 'st-chads'))).toBe('before-referral');
    expect(outcome(table, { ...since('2026-01-01'), item: { ...programme, begun: undefined } as never })).toBe('before-referral');
  });

  it('to what names them, where it names anybody', () => {
    const table = tableOf({ to: [{ roles: ['funder'], namedInWherePresent: 'fundedBy' }] });
    const asked = (facts: Record<string, string>) => asks('lsc', { item: { ...referral, facts }, route: 'list' });
    expect(permits(table, asked({}))).toBe(true);
    expect(permits(table, asked({ fundedBy: 'lsc' }))).toBe(true);
    expect(outcome(table, asked({ fundedBy: 'another' }))).toBe('not-named');
  });

  it('to sources of other roles', () => {
    const table = tableOf({ to: [{ ...advisers, notFrom: ['yot'] }] });
    expect(permits(table, asks('forge'))).toBe(true);
    expect(outcome(table, asks('forge', { item: { ...referral, source: 'city' } }))).toBe('no-clause');
  });

  it('by the relationship of a share', () => {
    const table = tableOf({ share: [{ category: 'referral', relationship: ['link-for-standing-provider'] }], to: [advisers] });
    expect(outcome(table, asks('forge'))).toBe('relationship');
    expect(permits(table, asks('forge', { relationships: relationshipBits(['link-for-standing-provider']) }))).toBe(true);
  });

  it('in fields, source and choices, as the permit says', () => {
    const to = [{ ...advisers, except: ['outcome'], disguise: ['yot'], ownChoice: true }] as const;
    expect(outcome(tableOf({ to, fields: { except: ['note'] } }), asks('forge'))).toMatchObject({
      fields: { except: ['note', 'outcome'] },
      disguised: ['yot'],
      ownChoice: true,
    });
  });

  it('less come before those narrowed more', () => {
    const table = tableOf({ to: [{ ...advisers, disguise: ['yot'] }] }, { to: [{ ...advisers, ownChoice: true }] }, { to: [advisers] });
    expect(outcome(table, asks('forge'))).toMatchObject({ clause: 'passport@1#F3' });
  });
});

describe('a consent recorded by its own beneficiary', () => {
  const terms = (parts: Partial<ConsentTerms>): Question['learner'] =>
    learner({
      consents: [
        {
          ...given,
          explicit: true,
          source: 'forge',
          protocol: 'passport',
          purposes: [PURPOSE],
          categories: ['referral', 'circumstance-special'],
          ...parts,
        },
      ],
    });
  const needing = tableOf({ share: [{ category: 'referral' }, { category: 'circumstance-special' }], to: [advisers], consent: 'required' });
  const health = itemWith({ type: 'circumstance.noted', category: 'circumstance-special', source: 'north' });

  it.each([
    ['none', false, false],
    ['personal', true, false],
    ['any', true, true],
  ] as const)('counts for %s data alone', (own, personal, special) => {
    expect(permits(needing, asks('forge', { learner: terms({ own }) }))).toBe(personal);
    expect(permits(needing, asks('forge', { learner: terms({ own }), item: health }))).toBe(special);
  });

  it('counts likewise for its entity, and for others as it does for them', () => {
    expect(permits(needing, asks('forge', { learner: terms({ source: 'city', kin: ['forge'], own: 'none', others: true }) }))).toBe(false);
    expect(permits(needing, asks('forge', { learner: terms({ source: 'city', own: 'none', others: true }) }))).toBe(true);
    expect(permits(needing, asks('forge', { learner: terms({ source: 'city', own: 'any', others: false }) }))).toBe(false);
  });

  it('must count for special-category data where the share says so', () => {
    const share = [
      { category: 'referral', fields: { except: ['reason'] } },
      { category: 'referral', consent: 'explicit', sensitive: true },
    ] as const;
    const table = tableOf({ share, to: [advisers], consent: 'required' });
    expect(outcome(table, asks('forge', { learner: terms({ own: 'personal' }) }))).toMatchObject({ fields: { except: ['reason'] } });
    expect(outcome(table, asks('forge', { learner: terms({ own: 'any' }) }))).toMatchObject({ fields: {} });
    expect(outcome(table, asks('forge', { learner: terms({ own: 'any', explicit: false }) }))).toMatchObject({
      fields: { except: ['reason'] },
    });
  });
});

describe('an office', () => {
  const table = tableOf({ share: [{ category: 'referral' }, { type: 'disclosure.decided' }], to: [{ roles: [], office: 'learner' }] });

  it('is served about one learner without a relationship, and no other office with it', () => {
    const question = asks(officeRecipient('learner'), { relationships: 0 });
    expect(permits(table, question)).toBe(true);
    expect(outcome(table, { ...question, recipient: officeRecipient('dpo-of') })).toBe('no-clause');
    expect(outcome(table, asks('forge'))).toBe('no-clause');
  });

  it('is shown decisions only by a share of them', () => {
    const decided = itemWith({ type: 'disclosure.decided', category: 'consent', source: 'north' });
    expect(permits(table, asks(officeRecipient('learner'), { item: decided }))).toBe(true);
    const consents = tableOf({ share: [{ category: 'consent' }], to: [{ roles: [], office: 'learner' }] });
    expect(outcome(consents, asks(officeRecipient('learner'), { item: decided }))).toBe('no-clause');
  });
});
