import fc from 'fast-check';
import { BlindNames, pairwiseItemId, pairwiseThingId } from './pseudonyms.ts';
import { rootKeyOf } from './root-key.ts';

const names = new BlindNames(rootKeyOf(Buffer.alloc(32, 7)));
const LEARNER = '5d1c6b1e-6b1f-4b7e-9f52-6d8f6a1f0c01';

describe('pairwise ids', () => {
  it('are the same each time, in another process too, and others under another root key', () => {
    const elsewhere = new BlindNames(rootKeyOf(Buffer.alloc(32, 7)));
    const another = new BlindNames(rootKeyOf(Buffer.alloc(32, 8)));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,20}$/), fc.nat(), (recipient, position) => {
        const id = pairwiseItemId(names, recipient, position);
        expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(pairwiseItemId(elsewhere, recipient, position)).toBe(id);
        expect(pairwiseItemId(another, recipient, position)).not.toBe(id);
      }),
    );
  });

  it('of 10,000 items are all different, and share nothing between two recipients', () => {
    const of = (recipient: string): readonly string[] =>
      Array.from({ length: 10_000 }, (_, position) => pairwiseItemId(names, recipient, position));
    expect(new Set([...of('forge'), ...of('anvil')]).size).toBe(20_000);
  });

  it('are made of parts that do not run together', () => {
    expect(pairwiseItemId(names, 'forge1', 2)).not.toBe(pairwiseItemId(names, 'forge', 12));
  });

  it('of things differ by recipient, by learner and by id, and meet where all three are equal', () => {
    const id = (recipient: string, learner: string, made: string): string => pairwiseThingId(names, recipient, { learner, id: made });
    const other = LEARNER.replace('5d', '5e');
    const made = [id('funder', LEARNER, 'p-1'), id('council', LEARNER, 'p-1'), id('funder', other, 'p-1'), id('funder', LEARNER, 'p-2')];
    expect(new Set(made).size).toBe(4);
    expect(id('funder', LEARNER, 'p-1')).toBe(made[0]);
  });
});
