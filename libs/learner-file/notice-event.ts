// How notices, and the answers to them, lie in the log: sealed under the learner's key for what is known of the learner's consents; of an
// erasure, which destroys that key, under one of their own (ADR 20).
import { NOTICE_ISSUED, type NoticeIssued, type NoticeReason } from '#consent';
import type { RecordedEvent } from '#event-store';
import type { Vault } from '#privacy';
import { openSealed } from '#privacy/opening';
import type { PlainEvent } from '#unit-of-work';

const CATEGORY = 'consent';

/** Whose key seals what is told of erasures: it names nobody, and tells recipients nothing that they do not know. */
const OF_ERASURES = 'erasure-notices';

/** Whose key seals a notice, or the answer to it. */
export const noticeOwner = (stream: string, reason: NoticeReason): string => (reason === 'erasure' ? OF_ERASURES : stream);

export interface NoticeOrigin {
  readonly correlation: string;
  /** Id of the event of which the recipient is told. */
  readonly causation: string;
}

/** For the learner's stream. The notice's id is the event's: it is issued once, whoever tries again. */
export const noticeEvent = (stream: string, issued: NoticeIssued, { correlation, causation }: NoticeOrigin): PlainEvent => ({
  id: issued.noticeId,
  type: NOTICE_ISSUED,
  meta: { actor: 'broker', correlation, causation, schema: 1, owner: noticeOwner(stream, issued.reason), category: CATEGORY },
  content: { json: issued },
});

/** Undefined where it was erased. */
export const openNotice = (stored: RecordedEvent, vault: Vault): NoticeIssued | undefined => {
  const owner = stored.meta.owner === OF_ERASURES ? OF_ERASURES : stored.stream;
  const plain = openSealed(vault, { owner, category: CATEGORY }, stored, stored.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as NoticeIssued);
};
