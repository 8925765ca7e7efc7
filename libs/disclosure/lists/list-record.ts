// How the log keeps a page of a list: what was asked in the asker's stream, sealed under a key of the broker's; what was shown of each
// learner in that learner's disclosure stream, as every answer is, sealed under the learner's own (ADR 26).
import type { RecordedEvent } from '#event-store';
import type { Instant, LearnerId, Position, Revision } from '#kernel';
import type { PlainEvent } from '#unit-of-work';
import type { KeyName } from '#privacy';
import { openSealed, type Opens } from '#privacy/opening';
import type { PermittedItems, RefusedItems } from '../decision-record.ts';
import { DISCLOSURE_CATEGORY } from '../disclosure-log.ts';
import type { Versioned } from '../moment.ts';
import type { ListQuestion } from './list-question.ts';

export const LIST_DECIDED = 'uk.concordat.list.decided.v1';

export interface ListDecided extends ListQuestion, Versioned {
  /** An agency, or an office as `operator:dpo-partnership`. */
  readonly recipient: string;
  readonly staff?: string;
  readonly at: Instant;
  /** How many candidates were looked at. */
  readonly looked: number;
  readonly outcome: 'answered' | 'not-permitted';
  /** In the order of the page: whose disclosure stream holds the decision about the row, and its revision there. */
  readonly rows: readonly { readonly learner: LearnerId; readonly decision: Revision }[];
  /** Whose rows were opened for the order of the page and are not on it: nothing of theirs was shown. */
  readonly weighed?: readonly LearnerId[];
  /** Of a list of things alone, whose `rows` are none: nothing of it is any learner's. */
  readonly things?: RecordedThings;
}

/** Events about no learner that were shown or refused, by their positions in the log. */
export interface RecordedThings {
  /** In the order of the page: the event that makes the row, and what else may have stood in it. */
  readonly rows: readonly { readonly anchor: Position; readonly beside: readonly Position[] }[];
  readonly permitted: readonly PermittedItems[];
  readonly refused: readonly RefusedItems[];
}

const KEY: KeyName = { owner: 'broker', category: DISCLOSURE_CATEGORY };

export const listStream = (recipient: string): string => `disclosures-of-${recipient}`;

export const listEvent = ({ id, correlation }: { readonly id: string; readonly correlation: string }, page: ListDecided): PlainEvent => ({
  id,
  type: LIST_DECIDED,
  meta: { actor: page.recipient, correlation, schema: 1, ...KEY },
  content: { json: page },
});

/** Throws `VaultError`, and where the broker's own key is gone: it is never destroyed. */
export const openList = (event: RecordedEvent, keys: Opens): ListDecided => {
  const plain = openSealed(keys, KEY, event, event.payload);
  if (plain === undefined) throw new Error('The key of recorded lists is gone: restore keys and log from backups of one moment.');
  return JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as ListDecided;
};
