// The Merkle tree over the log (RFC 6962 section 2.1): leaf i is the event at position i + 1. SHA-256 throughout.
import { hash } from 'node:crypto';

/** Bytes of a leaf, a node or a root. */
export const HASH_BYTES = 32;

const LEAF = 0;
const NODE = 1;

// One buffer for whatever is hashed: the prefix has to stand before the data, and a string as outcome is the fastest that Node offers.
let scratch = Buffer.alloc(64 * 1024);

const sha256 = (length: number): Buffer => Buffer.from(hash('sha256', scratch.subarray(0, length), 'binary'), 'latin1');

/** The hash of the empty tree. */
export const EMPTY_ROOT: Uint8Array = Buffer.from(hash('sha256', '', 'hex'), 'hex');

/** `SHA-256(0x00 || bytes)`. */
export const leafHash = (bytes: Uint8Array): Buffer => {
  if (bytes.byteLength >= scratch.byteLength) scratch = Buffer.alloc(2 * bytes.byteLength);
  scratch[0] = LEAF;
  scratch.set(bytes, 1);
  return sha256(1 + bytes.byteLength);
};

/** `SHA-256(0x01 || left || right)`. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => {
  scratch[0] = NODE;
  scratch.set(left, 1);
  scratch.set(right, 1 + HASH_BYTES);
  return sha256(1 + 2 * HASH_BYTES);
};

/**
 * The tree of a log that only grows, kept as the roots of its perfect subtrees: one for each bit set in its size,
 * largest first. It holds what any further leaf needs, in space logarithmic in the size.
 */
export class CompactTree {
  readonly #peaks: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let node = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = nodeHash(this.#peaks.pop() ?? leaf, node);
    this.#peaks.push(node);
    this.#size += 1;
  }

  root(): Uint8Array {
    const [last, ...larger] = this.#peaks.toReversed();
    return last === undefined ? EMPTY_ROOT : larger.reduce((right, left) => nodeHash(left, right), last);
  }
}

/** The root over these leaf hashes, in this order. */
export const treeRoot = (leaves: Iterable<Uint8Array>): Uint8Array => {
  const tree = new CompactTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
};
