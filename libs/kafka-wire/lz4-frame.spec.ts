import fc from 'fast-check';
import { lz4Unpacked } from './lz4-frame.ts';

const MOST = 1024 * 1024;
const END = [0, 0, 0, 0];
/** Magic number, flags, block size of 64 KiB, a checksum of these that nobody looks at. */
const header = (flags = 0x60, more: readonly number[] = []): readonly number[] => [0x04, 0x22, 0x4d, 0x18, flags, 0x40, ...more, 0x00];
const block = (bytes: readonly number[], stored = false): readonly number[] => [bytes.length, 0, 0, stored ? 0x80 : 0, ...bytes];
const frame = (...parts: readonly (readonly number[])[]): Buffer => Buffer.from(parts.flat());
const letters = (text: string): readonly number[] => [...Buffer.from(text)];
const text = (bytes: Buffer): string => lz4Unpacked(bytes, MOST).toString();

describe('an LZ4 frame', () => {
  it('of literals', () => {
    expect(text(frame(header(), block([0x50, ...letters('hello')]), END))).toBe('hello');
  });

  it('of more literals than four bits count', () => {
    expect(text(frame(header(), block([0xf0, 5, ...letters('a'.repeat(20))]), END))).toBe('a'.repeat(20));
  });

  it('with repetitions, overlapping themselves too', () => {
    expect(text(frame(header(), block([0x34, ...letters('abc'), 3, 0, 0x10, ...letters('!')]), END))).toBe('abcabcabcab!');
    expect(text(frame(header(), block([0x1f, ...letters('x'), 1, 0, 255, 2]), END))).toBe('x'.repeat(1 + 15 + 255 + 2 + 4));
  });

  it('with stored blocks, and repetitions of what stands in a block before', () => {
    expect(text(frame(header(0x40), block(letters('abcd'), true), block([0x00, 4, 0]), END))).toBe('abcdabcd');
  });

  it('with its size, checksums of blocks and of all', () => {
    const checked = [...block([0x20, ...letters('hi')]), 1, 2, 3, 4];
    expect(text(frame(header(0x7c, [2, 0, 0, 0, 0, 0, 0, 0]), checked, END, [9, 9, 9, 9]))).toBe('hi');
  });

  it.each([
    ['another magic number', frame([1, 2, 3, 4, 0x60, 0x40, 0], END)],
    ['another version', frame(header(0xa0), END)],
    ['no end', frame(header(), block([0x10, 1]))],
    ['a block that is cut', frame(header(), [9, 0, 0, 0, 1])],
    ['literals that are not there', frame(header(), block([0x90, 1]), END)],
    ['a repetition of nothing', frame(header(), block([0x10, 1, 0, 0]), END)],
    ['a repetition from before the beginning', frame(header(), block([0x10, 1, 9, 0]), END)],
  ])('with %s is corrupt', (_what, bytes) => {
    expect(() => lz4Unpacked(bytes, MOST)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  it('that unpacks to more than may be is given up before it does', () => {
    const longest = Array.from({ length: 5000 }, () => 255);
    const bomb = frame(header(), [0x8d, 0x13, 0, 0], [0x1f, 120, 1, 0, ...longest, 0], END);
    expect(() => lz4Unpacked(bomb, MOST)).toThrow(expect.objectContaining({ code: 'too-large-unpacked' }));
  });

  it('of any bytes at all ends, and says no more than that', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const attempt = frame(header(), [bytes.length, 0, 0, 0], [...bytes], END);
        try {
          expect(lz4Unpacked(attempt, MOST).length).toBeLessThanOrEqual(MOST);
        } catch (cause) {
          expect(cause).toMatchObject({ name: 'Unreadable' });
        }
      }),
    );
  });
});
