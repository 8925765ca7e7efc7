import { gzipSync, zstdCompressSync } from 'node:zlib';
import { compress } from 'snappyjs';
import { unpacked } from './index.ts';

const PLAIN = Buffer.from('A message, and again a message. '.repeat(50));
const MOST = 64 * 1024;
const length = (bytes: Buffer): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(bytes.length);
  return four;
};
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const framed = (...blocks: readonly Buffer[]): Buffer => Buffer.concat([XERIAL, ...blocks.flatMap((block) => [length(block), block])]);
const snappy = (plain: Buffer): Buffer => compress(plain);

describe('packed bytes', () => {
  it.each([
    ['not at all', 0, PLAIN],
    ['with gzip', 1, gzipSync(PLAIN)],
    ['with snappy, bare', 2, snappy(PLAIN)],
    ['with snappy, framed', 2, framed(snappy(PLAIN.subarray(0, 700)), snappy(PLAIN.subarray(700)))],
    ['with zstd', 4, zstdCompressSync(PLAIN)],
  ])('%s are unpacked', async (_how, codec, packed) => {
    expect((await unpacked(codec, packed, MOST)).equals(PLAIN)).toBe(true);
  });

  const huge = Buffer.alloc(MOST + 1);
  it.each([
    ['gzip', 1, gzipSync(huge)],
    ['snappy', 2, snappy(huge)],
    ['snappy in blocks', 2, framed(snappy(huge.subarray(0, MOST)), snappy(huge.subarray(0, 1)))],
    ['snappy that claims four gigabytes', 2, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 1])],
    ['zstd', 4, zstdCompressSync(huge)],
  ])('that become too much are given up: %s', async (_how, codec, packed) => {
    await expect(unpacked(codec, packed, MOST)).rejects.toMatchObject({ name: 'Unreadable', code: 'too-large-unpacked' });
  });

  it.each([
    ['gzip', 1],
    ['snappy', 2],
    ['lz4', 3],
    ['zstd', 4],
  ])('that are damaged say so: %s', async (_how, codec) => {
    await expect(unpacked(codec, Buffer.from([0xff, 0xff, 0xff, 1, 2, 3]), MOST)).rejects.toMatchObject({
      code: expect.stringMatching(/corrupt|too-large/) as string,
    });
    await expect(unpacked(codec, Buffer.alloc(0), MOST)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('of a kind that nobody knows say so', async () => {
    for (const codec of [5, 6, 7]) await expect(unpacked(codec, PLAIN)).rejects.toMatchObject({ code: 'unknown-compression' });
  });
});
