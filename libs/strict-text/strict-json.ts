// JSON without the ambiguities that let two readers see two things (RFC 8725 2.6, RFC 7493): JSON.parse, and a count of members.
import { isUtf8 } from 'node:buffer';
import { err, ok, type Result } from '#kernel';

// One pass over JSON text for what JSON.parse does not tell. Of text that is no JSON it may tell anything: JSON.parse refuses it.

interface JsonOutline {
  /** Colons outside of strings: the members of all objects, counted as often as they are written. */
  readonly members: number;
  readonly depth: number;
  /** How many names of members are written with an escape. */
  readonly escapedNames: number;
  /** Where the commas between the members or elements of the outermost value stand. */
  readonly commas: readonly number[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const NESTING = new Int8Array(256);
for (const [open, close] of ['[]', '{}']) {
  NESTING[(open as string).charCodeAt(0)] = 1;
  NESTING[(close as string).charCodeAt(0)] = -1;
}

const outlineOf = (text: Buffer): JsonOutline => {
  const commas: number[] = [];
  let members = 0;
  let depth = 0;
  let deepest = 0;
  let escapedNames = 0;
  let escape = find(text, BACKSLASH, 0);
  let escaped = -1; // where the last string with an escape closes
  let closed = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte === QUOTE) {
      closed = endOfPlainString(text, at + 1);
      if (closed > escape) {
        escaped = closed = endOfString(text, at + 1);
        escape = find(text, BACKSLASH, closed);
      }
      at = closed;
    } else if (byte === COLON) {
      members++; // only a name stands before a colon
      escapedNames += Number(closed === escaped);
    } else if (byte !== COMMA) {
      depth += NESTING[byte] as number;
      if (depth > deepest) deepest = depth;
    } else if (depth === 1) commas.push(at);
  }
  return { members, depth: deepest, escapedNames, commas };
};

/** Bytes to look at one by one before a search by the platform is worth its call. */
const NEAR = 40;

/** The next quote, or the end of the text. */
const endOfPlainString = (text: Buffer, start: number): number => {
  const near = start + NEAR;
  for (let at = start; at < near; at++) {
    if (text[at] === QUOTE) return at;
  }
  return find(text, QUOTE, near);
};

/** The next quote that is not escaped, or the end of the text. */
const endOfString = (text: Buffer, start: number): number => {
  let at = start;
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
  return at;
};

const find = (text: Buffer, byte: number, from: number): number => {
  const at = text.indexOf(byte, from);
  return at < 0 ? text.length : at;
};

export type JsonFault = 'not-json' | 'duplicate-member' | 'escaped-name' | 'too-deep';

export interface StrictJson {
  readonly value: unknown;
  /** False: an integer beyond ±(2^53−1), which programs round each in its own way. */
  readonly exact: boolean;
  readonly outline: JsonOutline;
}

export const MAX_DEPTH = 64;

/**
 * UTF-8 without byte order mark, valid JSON, names unique in every object and without escapes, finite numbers, well-formed strings.
 * A member named `__proto__` is an own property like any other: no prototype is touched.
 */
export const parseStrictJson = (text: Buffer): Result<StrictJson, JsonFault> => {
  const outline = outlineOf(text);
  if (outline.depth > MAX_DEPTH) return err('too-deep');
  // V8 may take a name with an escape for another of its length, once it has met that one (nodejs/node #63785): none gets that far.
  if (outline.escapedNames > 0) return err('escaped-name');
  if (!isUtf8(text)) return err('not-json');
  const value = parse(text.toString('utf8'));
  if (value === undefined) return err('not-json');
  const census: Census = { members: 0, fit: true, exact: true, checkStrings: text.includes('\\u') };
  count([value], census);
  if (!census.fit) return err('not-json');
  // JSON.parse keeps one of several members of a name.
  return census.members === outline.members ? ok({ value, exact: census.exact, outline }) : err('duplicate-member');
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Census {
  members: number;
  fit: boolean;
  exact: boolean;
  /** Only an escape can smuggle half of a surrogate pair into UTF-8 text. */
  readonly checkStrings: boolean;
}

const count = (holder: object, census: Census): void => {
  if (Array.isArray(holder)) {
    for (const element of holder) judge(element, census);
    return;
  }
  let members = 0;
  for (const name in holder) {
    members++;
    judge((holder as Readonly<Record<string, unknown>>)[name], census);
  }
  census.members += members;
};

const judge = (value: unknown, census: Census): void => {
  if (typeof value === 'string') {
    if (census.checkStrings && !value.isWellFormed()) census.fit = false;
  } else if (typeof value === 'number') {
    judgeNumber(value, census);
  } else if (typeof value === 'object' && value !== null) {
    count(value, census);
  }
};

const judgeNumber = (value: number, census: Census): void => {
  if (!Number.isFinite(value)) census.fit = false;
  else if (Number.isInteger(value) && !Number.isSafeInteger(value)) census.exact = false;
};
