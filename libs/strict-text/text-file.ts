// The one reader of files that are signed, enforced or configured: as strict as the wire (RFC 8725 2.6, RFC 7493),
// with a sentence for whoever saved them.
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { err, ok, type Result } from '#kernel';
import { type JsonFault, parseStrictJson } from './strict-json.ts';

// Bytes to text, as strictly as the wire: UTF-8 or nothing, so that no name is signed with a letter that was
// only guessed (RFC 8259 section 8.1).

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

/** Its message is a sentence for people, which quotes nothing of the file. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  readonly code: NotText | JsonFault | 'inexact-number' | 'too-large';

  constructor(code: UnreadableText['code'], says: string) {
    super(says);
    this.code = code;
  }
}

const MIB = 1024 * 1024;
/** Of anything that is read whole. */
export const LARGEST_TEXT = 64 * MIB;
const CHUNK = 64 * 1024;

const SAVE_AS_UTF8 = 'save it as UTF-8 and give it again.';

const NOT_TEXT: Readonly<Record<NotText, string>> = {
  'utf-16': `is not UTF-8: it looks like UTF-16, which some programs call Unicode; ${SAVE_AS_UTF8}`,
  'utf-32': `is not UTF-8: it looks like UTF-32; ${SAVE_AS_UTF8}`,
  'one-byte': `is not UTF-8: it looks like Windows-1252 or another encoding of one byte a letter, or is damaged; ${SAVE_AS_UTF8}`,
  compressed: 'is not text: it looks compressed; unpack it, or export it as text.',
  nul: 'holds a NUL character: it is damaged, or no text.',
};

const NOT_STRICT: Readonly<Record<JsonFault, string>> = {
  'not-json': 'is not valid JSON.',
  'duplicate-member': 'gives a member twice in one object: leave one of them.',
  'escaped-name': 'writes the name of a member with an escape: write it as it is.',
  'too-deep': 'is nested too deeply.',
};

/** `name` is for the sentence. Throws `UnreadableText`. */
export const textOf = (bytes: Uint8Array, name: string): string => {
  if (bytes.byteLength > LARGEST_TEXT)
    throw new UnreadableText('too-large', `${name} is larger than ${LARGEST_TEXT / MIB} MiB: divide it.`);
  const text = utf8Text(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!text.ok) throw new UnreadableText(text.error, `${name} ${NOT_TEXT[text.error]}`);
  return text.value;
};

/** The value that the JSON text says. Throws `UnreadableText`. */
export const jsonOf = (text: string, name: string): unknown => {
  const parsed = parseStrictJson(Buffer.from(text));
  if (!parsed.ok) throw new UnreadableText(parsed.error, `${name} ${NOT_STRICT[parsed.error]}`);
  if (!parsed.value.exact)
    throw new UnreadableText(
      'inexact-number',
      `${name} holds an integer beyond ±9007199254740991, which programs round: write it as text.`,
    );
  return parsed.value.value;
};

/** Throws `UnreadableText`, and what Node throws where there is no such file. */
export const readTextFile = (file: string): string => textOf(bytesIn(file), file);

/** The same. */
export const readJsonFile = (file: string): unknown => jsonOf(readTextFile(file), file);

/** Read in pieces up to the bound: a pipe, or a file that grows, tells no size. */
const bytesIn = (file: string): Buffer => {
  const handle = openSync(file, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let size = 0; size <= LARGEST_TEXT;) {
      const piece = Buffer.allocUnsafe(CHUNK);
      const count = readSync(handle, piece);
      if (count === 0) break;
      pieces.push(piece.subarray(0, count));
      size += count;
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(handle);
  }
};
