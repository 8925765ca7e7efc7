// Snappy as Kafka has it: Java's clients frame it as snappy-java does ("xerial": a header, then blocks with their lengths),
// others send one block.
import { uncompress } from 'snappyjs';
import { Unreadable } from './unreadable.ts';

const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The magic bytes and two versions. */
const XERIAL_HEADER = 16;
const LENGTH = 4;

/** Throws `Unreadable`. */
export const snappyUnpacked = (packed: Buffer, most: number): Buffer => {
  const unpacked: Buffer[] = [];
  let left = most;
  for (const block of blocksOf(packed)) {
    const bytes = unpackedBlock(block, left);
    unpacked.push(bytes);
    left -= bytes.length;
  }
  return Buffer.concat(unpacked);
};

function* blocksOf(packed: Buffer): Generator<Buffer> {
  if (!packed.subarray(0, XERIAL.length).equals(XERIAL)) {
    yield packed;
    return;
  }
  for (let at = XERIAL_HEADER; at < packed.length;) {
    const end = at + LENGTH <= packed.length ? at + LENGTH + packed.readUInt32BE(at) : Infinity;
    if (end > packed.length) throw new Unreadable('corrupt');
    yield packed.subarray(at + LENGTH, end);
    at = end;
  }
}

/** Snappy says first how long it is: what claims to be too long is not begun. */
const unpackedBlock = (block: Buffer, most: number): Buffer => {
  if (claimedLength(block) > most) throw new Unreadable('too-large-unpacked');
  try {
    return uncompress(block, most);
  } catch (cause) {
    throw new Unreadable('corrupt', { cause });
  }
};

const claimedLength = (block: Buffer): number => {
  let length = 0;
  for (const [place, byte] of block.subarray(0, 5).entries()) {
    length += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return length;
  }
  throw new Unreadable('corrupt');
};
