// Unpacks what producers packed, in each of Kafka's ways. Kafka bounds what is packed alone: here is bounded what it becomes, so that one
// sender's bytes cannot fill the memory of all.
import { promisify } from 'node:util';
import { gunzip, type InputType, zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compress } from 'snappyjs';
import { lz4Unpacked } from './lz4-frame.ts';
import { snappyUnpacked } from './snappy.ts';
import { Unreadable } from './unreadable.ts';

/** Of one batch: some fifteen times what a topic of Concordat takes. */
const MOST_UNPACKED = 16 * 1024 * 1024;

type Unpack = (packed: Buffer, most: number) => Buffer | Promise<Buffer>;
type Zlib = (packed: InputType, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const byZlib =
  (unpack: Zlib): Unpack =>
  (packed, most) =>
    unpack(packed, { maxOutputLength: most }).catch((cause: unknown) => {
      throw new Unreadable((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large-unpacked' : 'corrupt', { cause });
    });

/** By the number that a batch bears in its attributes. */
const CODECS: ReadonlyMap<number, Unpack> = new Map<number, Unpack>([
  [0, (packed) => packed],
  [1, byZlib(promisify(gunzip))],
  [2, snappyUnpacked],
  [3, lz4Unpacked],
  [4, byZlib(promisify(zstdDecompress))],
]);

/** Rejects with `Unreadable`. */
export const unpacked = async (codec: number, packed: Buffer, most: number = MOST_UNPACKED): Promise<Buffer> => {
  const unpack = CODECS.get(codec);
  if (!unpack) throw new Unreadable('unknown-compression');
  return unpack(packed, most);
};

interface Encoded {
  readonly buffer: Buffer;
}

const PACK: ReadonlyMap<number, (encoded: Encoded) => Promise<Buffer>> = new Map([
  [2, async ({ buffer }: Encoded) => compress(buffer)],
  [3, () => Promise.reject(new Error('Nothing here packs with lz4: choose gzip, snappy or zstd.'))],
  [4, async ({ buffer }: Encoded) => promisify(zstdCompress)(buffer)],
]);

/** From now on kafkajs reads them all. It has gzip by itself; a codec that somebody else gave it stays. */
export const teachCodecs = (): void => {
  const known = kafkajs.CompressionCodecs as unknown as Record<number, () => unknown>;
  for (const [codec, pack] of PACK) {
    if (isKnown(known[codec])) continue;
    known[codec] = () => ({ compress: pack, decompress: (packed: Buffer) => unpacked(codec, packed) });
  }
};

/** kafkajs throws for what it does not have. */
const isKnown = (codec: (() => unknown) | undefined): boolean => {
  try {
    return codec?.() !== undefined;
  } catch {
    return false;
  }
};
