// JSON without the ambiguities that let two readers see two things (RFC 8725 2.6, RFC 7493): JSON.parse, and a count of members.
import { isUtf8 } from 'node:buffer';
import { err, ok, type Result } from '#kernel';
import { type JsonOutline, outlineOf } from './json-outline.ts';

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
