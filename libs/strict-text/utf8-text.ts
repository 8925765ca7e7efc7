// Bytes to text, as strictly as the wire: UTF-8 or nothing, so that no name is signed with a letter that was
// only guessed (RFC 8259 section 8.1).
import { isUtf8 } from 'node:buffer';
import { err, ok, type Result } from '#kernel';

/** What the bytes look like instead. */
export type NotText = 'utf-16' | 'utf-32' | 'one-byte' | 'compressed' | 'nul';

const UTF8_MARK = Buffer.from('efbbbf', 'hex');

/** The first that fits; UTF-32 begins as UTF-16 does. */
const BEGINNINGS: readonly (readonly [string, NotText])[] = [
  ['fffe0000', 'utf-32'],
  ['0000feff', 'utf-32'],
  ['fffe', 'utf-16'],
  ['feff', 'utf-16'],
  ['504b0304', 'compressed'],
  ['1f8b', 'compressed'],
];

const startsWith = (bytes: Buffer, beginning: Buffer): boolean => bytes.subarray(0, beginning.length).equals(beginning);

/** The text without a byte order mark, or what makes it none. */
export const utf8Text = (bytes: Buffer): Result<string, NotText> => {
  const beginning = BEGINNINGS.find(([hex]) => startsWith(bytes, Buffer.from(hex, 'hex')));
  if (beginning) return err(beginning[1]);
  const nul = bytes.indexOf(0);
  if (nul >= 0) return err(bytes[nul + 2] === 0 || bytes[nul - 2] === 0 ? 'utf-16' : 'nul');
  if (!isUtf8(bytes)) return err('one-byte');
  return ok(bytes.toString('utf8', startsWith(bytes, UTF8_MARK) ? UTF8_MARK.length : 0));
};
