// How the issuing of a notice lies in the log: sealed under the learner's key for what is known of the learner's consents.
import { NOTICE_ISSUED, type NoticeIssued } from '#consent';
import type { RecordedEvent } from '#event-store';
import type { Vault } from '#privacy';
import { openSealed } from '#privacy/opening';
import type { PlainEvent } from '#unit-of-work';

const CATEGORY = 'consent';

export interface NoticeOrigin {
  readonly correlation: string;
  /** Id of the event of which the recipient is told. */
  readonly causation: string;
}

/** For the learner's stream. The notice's id is the event's: it is issued once, whoever tries again. */
export const noticeEvent = (stream: string, issued: NoticeIssued, { correlation, causation }: NoticeOrigin): PlainEvent => ({
  id: issued.noticeId,
  type: NOTICE_ISSUED,
  meta: { actor: 'broker', correlation, causation, schema: 1, owner: stream, category: CATEGORY },
  content: { json: issued },
});

/** Undefined where it was erased. */
export const openNotice = (stored: RecordedEvent, vault: Vault): NoticeIssued | undefined => {
  const plain = openSealed(vault, { owner: stored.stream, category: CATEGORY }, stored, stored.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as NoticeIssued);
};
