// How entries go into appends that the server takes.
import type { AskedAppend } from '../sqlite/index.ts';
import { encode, type Proposed, sizeOf } from './remote-form.ts';

/** Names of the metadata, numbers, leaf and punctuation of an entry. */
const METADATA_BYTES = 420;

/** About what the server will count for an append, before it is judged. */
export const likelySize = ({ writes, bookmarks }: AskedAppend): number => {
  let bytes = 0;
  for (const { stream, events } of writes)
    for (const { type, payload } of events) bytes += payload.byteLength + 2 * type.length + stream.length + METADATA_BYTES;
  for (const { name, value } of bookmarks) bytes += 2 * (name.length + (value?.length ?? 0)) + 8;
  return bytes;
};

export interface PackingTerms {
  /** Bytes that the server takes in one append. */
  readonly limit: number;
  /** The id of the entry that it is to stand after. */
  readonly after: string;
}

/** One append where that holds all, otherwise as many as it takes: entries that go together count together (`write-sets.ts`). */
export const packed = (entries: readonly Proposed[], { limit, after }: PackingTerms): readonly (readonly Proposed[])[] => {
  const appends: Proposed[][] = [];
  let left = 0;
  for (const [n, entry] of entries.entries()) {
    const placed = { ...entry, ...(n === 0 && { after }), ...(entries.length > 1 && { part: { n, of: entries.length } }) };
    const size = sizeOf(encode(placed));
    if (size > left || n === 0) {
      appends.push([]);
      left = limit;
    }
    appends.at(-1)?.push(placed);
    left -= size;
  }
  return appends;
};
