import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CompactTree, EMPTY_ROOT, leafHash, nodeHash, treeRoot, verifyInclusion } from './index.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const hash = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

// The tree as RFC 6962 section 2.1 defines it, word for word.
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));
const definedRoot = (inputs: readonly Uint8Array[]): Buffer => {
  const [only] = inputs;
  if (only === undefined) return hash();
  if (inputs.length === 1) return hash(Uint8Array.of(0), only);
  const k = split(inputs.length);
  return hash(Uint8Array.of(1), definedRoot(inputs.slice(0, k)), definedRoot(inputs.slice(k)));
};
const definedPath = (index: number, inputs: readonly Uint8Array[]): Buffer[] => {
  if (inputs.length === 1) return [];
  const k = split(inputs.length);
  const [left, right] = [inputs.slice(0, k), inputs.slice(k)];
  return index < k ? [...definedPath(index, left), definedRoot(right)] : [...definedPath(index - k, right), definedRoot(left)];
};

// The leaves and roots of the reference implementation of RFC 6962.
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((text) =>
  Buffer.from(text, 'hex'),
);
const roots = new Map([
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
]);

const anyInputs = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });

describe('the Merkle tree', () => {
  it.each([...roots])('has the reference root over %i leaves', (size, root) => {
    expect(hex(treeRoot(inputs.slice(0, size).map(leafHash)))).toBe(root);
  });

  it('is the hash of nothing without leaves', () => {
    expect(hex(treeRoot([]))).toBe(hex(hash()));
    expect(hex(new CompactTree().root())).toBe(hex(EMPTY_ROOT));
  });

  it('hashes leaves of any size, and tells a node from a leaf of the same bytes', () => {
    const large = Buffer.alloc(300_000, 7);
    expect(hex(leafHash(large))).toBe(hex(hash(Uint8Array.of(0), large)));
    const [left, right] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))];
    expect(hex(nodeHash(left, right))).not.toBe(hex(leafHash(Buffer.concat([left, right]))));
  });

  it('grown leaf by leaf, has at every size the root that the RFC defines', () => {
    fc.assert(
      fc.property(anyInputs, (leaves) => {
        const tree = new CompactTree();
        return leaves.every((leaf, index) => {
          tree.append(leafHash(leaf));
          return tree.size === index + 1 && hex(tree.root()) === hex(definedRoot(leaves.slice(0, index + 1)));
        });
      }),
    );
  });

  it('proves every leaf included by its audit path, and only that leaf', () => {
    fc.assert(
      fc.property(anyInputs, fc.nat(), (leaves, chance) => {
        const leafIndex = chance % leaves.length;
        const leaf = leafHash(leaves[leafIndex] ?? new Uint8Array());
        const proof = { leafIndex, treeSize: leaves.length, path: definedPath(leafIndex, leaves) };
        const root = definedRoot(leaves);
        const other = leafHash(Buffer.from('no such leaf: longer than any in the tree'));
        return verifyInclusion(leaf, proof, root) && !verifyInclusion(other, proof, root);
      }),
    );
  });
});
