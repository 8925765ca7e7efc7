// Whether a leaf is in a tree, from its audit path (RFC 9162 section 2.1.3.2).
import { HASH_BYTES, nodeHash } from './merkle.ts';

export interface InclusionProof {
  /** Counts from 0: the event's position - 1. */
  readonly leafIndex: number;
  readonly treeSize: number;
  /** Hashes of the siblings, from the leaf upwards. */
  readonly path: readonly Uint8Array[];
}

const isOdd = (n: number): boolean => n % 2 === 1;
const isWellFormed = ({ leafIndex, treeSize, path }: InclusionProof): boolean =>
  Number.isSafeInteger(leafIndex) &&
  Number.isSafeInteger(treeSize) &&
  leafIndex >= 0 &&
  leafIndex < treeSize &&
  path.every((hash) => hash.byteLength === HASH_BYTES);

/** How many levels up a node without a partner rises until it is a right child. */
const risesBy = (index: number): number => {
  let levels = 0;
  for (let rest = index; rest > 0 && !isOdd(rest); rest /= 2) levels += 1;
  return levels;
};

const climb = (leaf: Uint8Array, { leafIndex, treeSize, path }: InclusionProof): Uint8Array | undefined => {
  let index = leafIndex;
  let last = treeSize - 1;
  let root = leaf;
  for (const sibling of path) {
    if (last === 0) return undefined;
    const isRight = isOdd(index) || index === last;
    root = isRight ? nodeHash(sibling, root) : nodeHash(root, sibling);
    const levels = 2 ** (1 + (isRight ? risesBy(index) : 0));
    [index, last] = [Math.floor(index / levels), Math.floor(last / levels)];
  }
  return last === 0 ? root : undefined;
};

/** The root that this proof leads to, or undefined where it cannot be one for a tree of that size. */
const rootFromInclusion = (leaf: Uint8Array, proof: InclusionProof): Uint8Array | undefined =>
  leaf.byteLength === HASH_BYTES && isWellFormed(proof) ? climb(leaf, proof) : undefined;

export const verifyInclusion = (leaf: Uint8Array, proof: InclusionProof, root: Uint8Array): boolean => {
  const reached = rootFromInclusion(leaf, proof);
  return reached !== undefined && Buffer.compare(reached, root) === 0;
};
