// What a query must say before anything is looked at: its purposes, and how fresh the answer must be (contracts.md, HTTP).
import { Problem } from '#http';
import type { Position } from '#kernel';

const MAX_PURPOSES = 20;

/** The purposes that the `Purpose` header names, each known to a protocol in force; 400 otherwise. */
export const purposesOf = (header: string | undefined, known: ReadonlySet<string>): readonly string[] => {
  const named = [...new Set((header ?? '').split(',').map((name) => name.trim()).filter(Boolean))];
  if (named.length === 0) {
    throw new Problem(400, 'purpose-missing', `Say what the data is for in a Purpose header, such as "Purpose: ${[...known][0] ?? 'plan-learning'}".`, {
      more: { purposes: [...known] },
    });
  }
  if (named.length > MAX_PURPOSES || named.some((name) => !known.has(name))) {
    throw new Problem(400, 'purpose-unknown', 'The Purpose header names a purpose that no protocol in force has; `purposes` lists those that are known.', {
      more: { purposes: [...known] },
    });
  }
  return named;
};

/** `Concordat-Min-Position` as a number; 400 where it is no position. */
export const minPositionOf = (header: string | undefined): Position => {
  if (header === undefined) return 0;
  if (!/^\d{1,15}$/.test(header)) throw new Problem(400, 'position-malformed', 'Concordat-Min-Position takes a position as receipts give it: decimal digits.');
  return Number(header);
};

export interface Page {
  /** Items after this place; 0 for the first page. */
  readonly after: number;
  readonly limit: number;
}

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 500;

/** `cursor` and `limit` of a paged query; a cursor holds a place in the answer, nothing else. */
export const pageOf = (query: { readonly cursor?: string; readonly limit?: string }): Page => {
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new Problem(400, 'limit-malformed', `limit takes a whole number from 1 to ${MAX_LIMIT}.`);
  }
  const after = query.cursor === undefined ? 0 : placeOf(query.cursor);
  if (after === undefined) throw new Problem(400, 'cursor-malformed', 'cursor takes the `next` of an earlier answer, as it was given.');
  return { after, limit };
};

export const cursorOf = (place: number): string => Buffer.from(`c1.${place}`).toString('base64url');

const placeOf = (cursor: string): number | undefined => {
  const place = /^c1\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  return place === undefined || cursorOf(Number(place)) !== cursor ? undefined : Number(place);
};
