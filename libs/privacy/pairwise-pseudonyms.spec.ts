import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { rootKeyOf } from './root-key.ts';
import { PairwisePseudonyms } from './pseudonyms.ts';

const rootKey = rootKeyOf(Buffer.alloc(32, 7));
const pseudonyms = new PairwisePseudonyms(rootKey);

describe('pairwise pseudonyms', () => {
  it('lead back to the learner, in another process too', () => {
    const elsewhere = new PairwisePseudonyms(rootKey);
    fc.assert(
      fc.property(fc.uuid(), fc.stringMatching(/^[a-z0-9]{1,20}$/), (learner, agency) => {
        const pseudonym = pseudonyms.of(agency, learner);
        expect(pseudonym).toMatch(/^psn:[A-Za-z0-9_-]{22}$/);
        expect(pseudonyms.of(agency, learner)).toBe(pseudonym);
        expect(elsewhere.resolve(agency, pseudonym)).toBe(learner);
      }),
    );
  });

  it('are a permutation: other learners have other pseudonyms, and every well-formed one names some id', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (block) => {
        const pseudonym = `psn:${Buffer.from(block).toString('base64url')}`;
        expect(pseudonyms.of('a', pseudonyms.resolve('a', pseudonym) ?? '')).toBe(pseudonym);
      }),
    );
  });

  it('share nothing between two agencies for 10,000 learners, nor lead to them at the other agency', () => {
    const learners = Array.from({ length: 10_000 }, () => randomUUID() as string);
    const mine = learners.map((learner) => pseudonyms.of('a', learner));
    const theirs = new Set(learners.map((learner) => pseudonyms.of('b', learner)));
    expect(mine.filter((pseudonym) => theirs.has(pseudonym))).toEqual([]);
    const known = new Set(learners);
    expect(mine.filter((pseudonym) => known.has(pseudonyms.resolve('b', pseudonym) ?? ''))).toEqual([]);
  });

  it.each([
    '',
    'psn:',
    'AAAAAAAAAAAAAAAAAAAAAA',
    'psn:AAAAAAAAAAAAAAAAAAAAA',
    'psn:AAAAAAAAAAAAAAAAAAAAAAA',
    'psn:AAAAAAAAAAAAAAAAAAAAAB', // bits beyond the 128
    'psn:AAAAAAAAAAAAAAAAAAAA+A',
    'psn:AAAAAAAAAAAAAAAAAAAAAA\n',
    'uln:9276308686',
  ])('that are malformed name nobody: %j', (malformed) => {
    expect(pseudonyms.resolve('a', malformed)).toBeUndefined();
  });

  it('are made of UUIDs alone', () => {
    expect(() => pseudonyms.of('a', 'learner-1')).toThrow(TypeError);
  });
});
