// In which form the quarantine keeps what came, whatever it is kept in: whole, or its digest and beginning; sealed under its subject's key.
import { createHash } from 'node:crypto';
import type { Instant } from '#kernel';
import type { KeyName, Place } from '#privacy';
import type { Head, Quarantined } from './quarantine.ts';
import { type Allowances, ENTRY_BYTES } from './shares.ts';

const CATEGORY = 'quarantine';
const HEAD_BYTES = 1024;
const DIGEST_BYTES = 32;

export interface Kept {
  readonly content: Uint8Array;
  readonly cut: boolean;
  /** What it counts for in its share, in bytes. */
  readonly bytes: number;
}

/** Of what an agency signed all, within its share; of other messages what their sender's allowance says; undefined: nothing. */
export const keptOf = ({ agency, sender = '', content }: Quarantined, allowances: Allowances, at: Instant): Kept | undefined => {
  const extent = agency === undefined ? allowances.take(sender, content.byteLength, at) : 'whole';
  if (extent === 'count') return undefined;
  const cut = extent === 'head' && content.byteLength > HEAD_BYTES;
  const kept = cut ? Buffer.concat([createHash('sha256').update(content).digest(), content.subarray(0, HEAD_BYTES)]) : content;
  return { content: kept, cut, bytes: kept.byteLength + ENTRY_BYTES };
};

/** Of the content of one that is cut. */
export const headOf = (content: Uint8Array): Head => ({
  digest: Buffer.from(content.subarray(0, DIGEST_BYTES)).toString('hex'),
  bytes: content.subarray(DIGEST_BYTES),
});

export const keyOf = (subject: string | undefined): KeyName => ({ owner: `quarantine-${subject ?? 'unattributed'}`, category: CATEGORY });

/** What is cut cannot be taken for the whole. */
export const placeOf = (id: number, cut: boolean): Place => ({ stream: CATEGORY, revision: id, type: cut ? `${CATEGORY}-head` : CATEGORY });
