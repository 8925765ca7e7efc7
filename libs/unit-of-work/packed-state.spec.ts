import * as fc from 'fast-check';
import { packingOf } from './packed-state.ts';

const MOST = 30;
const packed = (value: unknown): unknown => {
  const packing = packingOf<unknown>({ words: ['source', 'purposes'], objects: ['heads'], most: MOST });
  return packing.unpack(packing.pack(value), 'stream-1');
};

/** What JSON tells of a value: -0, which it does not know, is 0. */
const told = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('packed state', () => {
  it('says what JSON would, whatever stands where', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie('tree')), tie('object')),
      object: fc.dictionary(fc.constantFrom('id', 'source', 'purposes', 'heads', 'at'), tie('tree')),
    }));
    fc.assert(
      fc.property(tree.map(told), (value) => {
        expect(packed(value)).toEqual(told(value));
      }),
    );
  });

  it('leaves out what is undefined', () => {
    expect(Object.keys(packed({ id: 'a', source: undefined }) as object)).toEqual(['id']);
  });

  it('has words, lists of words and objects that others have too as one', () => {
    const packing = packingOf<{ readonly purposes: readonly string[]; readonly heads: readonly object[] }>({
      words: ['purposes'],
      objects: ['heads'],
    });
    const [purposes, head] = [['plan-learning', 'support-learner'], { type: 'referral.made' }];
    const [one, other] = ['a', 'b'].map((stream) => packing.unpack(packing.pack({ purposes, heads: [head, head] }), stream));
    expect(one).toEqual({ purposes, heads: [head, head] });
    expect(other?.purposes).toBe(one?.purposes);
    expect([one?.heads[0], one?.heads[1], other?.heads[0]].every((each) => each === head)).toBe(true);
  });

  it('tells in full what is too much to be held in common', () => {
    const many = Array.from({ length: 2 * MOST }, (_, n) => ({
      source: `agency-${n}`,
      purposes: [`p-${n}`],
      heads: [{ n }],
      [`of-${n}`]: n,
    }));
    expect(packed(many)).toEqual(many);
    const long = { source: 'x'.repeat(301), purposes: ['y'.repeat(301)] };
    expect(packed(long)).toEqual(long);
  });
});
