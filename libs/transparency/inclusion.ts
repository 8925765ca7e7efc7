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
const half = (n: number): number => Math.floor(n / 2);
const isWellFormed = ({ leafIndex, treeSize, path }: InclusionProof): boolean =>
  Number.isSafeInteger(leafIndex) &&
  Number.isSafeInteger(treeSize) &&
  leafIndex >= 0 &&
  leafIndex < treeSize &&
  path.every((hash) => hash.byteLength === HASH_BYTES);

/** The root that this proof leads to, or undefined where it cannot be one for a tree of that size. */
export const rootFromInclusion = (leaf: Uint8Array, proof: InclusionProof): Uint8Array | undefined => {
  if (leaf.byteLength !== HASH_BYTES || !isWellFormed(proof)) return undefined;
  let index = proof.leafIndex;
  let last = proof.treeSize - 1;
  let root = leaf;
  for (const sibling of proof.path) {
    if (last === 0) return undefined;
    const isRight = isOdd(index) || index === last;
    root = isRight ? nodeHash(sibling, root) : nodeHash(root, sibling);
    // The last node of a level without a partner rises unchanged until it has one.
    while (isRight && !isOdd(index) && index !== 0) [index, last] = [half(index), half(last)];
    [index, last] = [half(index), half(last)];
  }
  return last === 0 ? root : undefined;
};

export const verifyInclusion = (leaf: Uint8Array, proof: InclusionProof, root: Uint8Array): boolean => {
  const reached = rootFromInclusion(leaf, proof);
  return reached !== undefined && Buffer.compare(reached, root) === 0;
};
