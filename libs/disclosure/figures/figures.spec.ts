// What of figures whoever oversees sharing is told, by office.
import type { OfficeName } from '#access';
import { BlindNames, PairwisePseudonyms, rootKeyOf } from '#privacy';
import { type AccessHit, hitsSeen, unusedFlows, type AllowedFlow, type CountedFlow, flowsSeen, learnersShown } from './index.ts';

const flow = { category: 'assessment', basis: '6(1)(e)', reliesOnConsent: true, decisions: 3, learners: 2 };
const flows: readonly CountedFlow[] = [
  { ...flow, source: 'careers', recipient: 'forge' },
  { ...flow, source: 'city-yot', recipient: 'forge' },
  { ...flow, source: '', recipient: 'forge' },
  { ...flow, source: 'forge', recipient: 'careers' },
  { ...flow, source: 'forge', recipient: 'operator:data-manager' },
];
const seenBy = (office: OfficeName): readonly string[] =>
  flowsSeen({ office }, flows).map(({ source, recipient }) => `${source ?? 'somebody'} to ${recipient}`);

describe('flows', () => {
  it('are all told to the partnership’s officer, by source', () => {
    expect(seenBy('dpo-partnership')).toEqual([
      'careers to forge',
      'city-yot to forge',
      'forge to careers',
      'forge to operator:data-manager',
    ]);
  });

  it('are told to an agency’s officer where its data or its staff are touched, of the latter without whose data it was', () => {
    expect(seenBy('dpo-of:forge')).toEqual(['somebody to forge', 'forge to careers', 'forge to operator:data-manager']);
    expect(seenBy('dpo-of:careers')).toEqual(['careers to forge']);
    expect(seenBy('dpo-of:anvil')).toEqual([]);
  });

  it.each([
    ['dpo-partnership', 5, 5],
    ['dpo-of:forge', 1, 1],
    ['operator', 5, 'c'],
    ['operator', 6, 6],
    ['data-manager', 1, 'c'],
  ] as const)('tell %s of %d learners as %s', (office, learners, told) => expect(learnersShown({ office }, learners)).toBe(told));
});

describe('what is allowed', () => {
  const allowed: AllowedFlow = { ...flow, clauses: ['e2e-passport@1#EP3'], from: 'any', to: 'provider' };
  const used = {
    flows: [{ ...flow, recipient: 'forge' }],
    isOf: (recipient: string, to: string) => recipient === 'forge' && to === 'provider',
  };
  const clause = { clause: 'e2e-passport@1#EP3', recipient: 'forge', decisions: 1 };

  it('is used where a recipient of that kind got that category by one of its clauses', () => {
    expect(unusedFlows([allowed], { ...used, clauses: [clause] })).toEqual([]);
    expect(unusedFlows([allowed], { ...used, clauses: [{ ...clause, clause: 'e2e-passport@1#EP1' }] })).toEqual([allowed]);
    expect(unusedFlows([allowed], { ...used, clauses: [{ ...clause, recipient: 'anvil' }] })).toEqual([allowed]);
    expect(unusedFlows([{ ...allowed, category: 'review' }], { ...used, clauses: [clause] })).toHaveLength(1);
  });
});

describe('unusual access', () => {
  const root = rootKeyOf(Buffer.alloc(32, 7));
  const namer = { vault: new BlindNames(root), pseudonyms: new PairwisePseudonyms(root) };
  const learner = '00000000-0000-4000-8000-00000000000a';
  const hit = (recipient: string): AccessHit => ({
    ...{ rule: 'same-learner', position: 9, at: 0, recipient, person: 'p', looks: 10, learner, positions: [9] },
  });
  const all = ['forge', 'operator:dpo-of:forge', 'operator:data-manager', 'operator:operator', 'operator:dpo-partnership'].map(hit);
  const watchedBy = (office: OfficeName): readonly string[] => hitsSeen(namer, { office }, { hits: all }).map(({ recipient }) => recipient);

  it('is told to nobody of the own office', () => {
    expect(watchedBy('dpo-partnership')).toEqual(['forge', 'operator:dpo-of:forge', 'operator:data-manager', 'operator:operator']);
    expect(watchedBy('operator')).toEqual(['operator:dpo-partnership']);
    expect(watchedBy('dpo-of:forge')).toEqual(['forge']);
    expect(watchedBy('dpo-of:careers')).toEqual([]);
    expect(watchedBy('data-manager')).toEqual([]);
  });

  it('names staff and learners by names of the office’s own', () => {
    const [one] = hitsSeen(namer, { office: 'dpo-partnership' }, { hits: all });
    const [other] = hitsSeen(namer, { office: 'dpo-of:forge' }, { hits: all });
    expect(one?.learner).toBe(namer.pseudonyms.of('operator:dpo-partnership', learner));
    expect([one?.person, one?.learner]).not.toContain(undefined);
    expect(new Set([one?.person, other?.person, 'p']).size).toBe(3);
    expect(other?.learner).not.toBe(one?.learner);
  });
});
