// The Merkle tree over the log (RFC 6962 section 2.1): leaf i is the event at position i + 1. SHA-256 throughout.
import { hash } from 'node:crypto';

/** Bytes of a leaf, a node or a root. */
export const HASH_BYTES = 32;

const LEAF = 0;
const NODE = 1;

// Whatever is hashed stands here behind its prefix. As a string, one character a byte, Node gives the hash out fastest.
let scratch = Buffer.alloc(64 * 1024);

const sha256 = (length: number): string => hash('sha256', scratch.subarray(0, length), 'binary');
const bytesOf = (binary: string): Buffer => Buffer.from(binary, 'latin1');

const leafString = (bytes: Uint8Array): string => {
  if (bytes.byteLength >= scratch.byteLength) scratch = Buffer.alloc(2 * bytes.byteLength);
  scratch[0] = LEAF;
  scratch.set(bytes, 1);
  return sha256(1 + bytes.byteLength);
};

/** The hash of the empty tree. */
export const EMPTY_ROOT: Uint8Array = Buffer.from(hash('sha256', '', 'hex'), 'hex');

/** `SHA-256(0x00 || bytes)`. */
export const leafHash = (bytes: Uint8Array): Buffer => bytesOf(leafString(bytes));

/** The same, written at `at`. */
export const writeLeafHash = (bytes: Uint8Array, into: Buffer, at: number): void => {
  into.write(leafString(bytes), at, 'latin1');
};

/** Whether a leaf hash, at `at`, is that of these bytes. */
export const isLeafHash = (bytes: Uint8Array, from: Buffer, at: number): boolean =>
  from.toString('latin1', at, at + HASH_BYTES) === leafString(bytes);

/** `SHA-256(0x01 || left || right)`. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => {
  scratch[0] = NODE;
  scratch.set(left, 1);
  scratch.set(right, 1 + HASH_BYTES);
  return bytesOf(sha256(1 + 2 * HASH_BYTES));
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
