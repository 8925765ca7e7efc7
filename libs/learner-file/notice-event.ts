// How the issuing of a notice lies in the log: sealed under the learner's key for what is known of the learner's consents.
import { NOTICE_ISSUED, type NoticeIssued } from '#consent';
import type { NewEvent, RecordedEvent } from '#event-store';
import type { Revision } from '#kernel';
import type { Vault } from '#privacy';
import { openSealed } from '#privacy/opening';

const CATEGORY = 'consent';

export interface NoticeOrigin {
  readonly correlation: string;
  /** Id of the event of which the recipient is told. */
  readonly causation: string;
}

/** For its place in the learner's stream. The notice's id is the event's: it is issued once, whoever tries again. */
export const noticeEvent = (
  vault: Vault,
  place: { readonly stream: string; readonly revision: Revision },
  issued: NoticeIssued,
  origin: NoticeOrigin,
): NewEvent => {
  const key = { owner: place.stream, category: CATEGORY };
  return {
    id: issued.noticeId,
    type: NOTICE_ISSUED,
    meta: { actor: 'broker', correlation: origin.correlation, causation: origin.causation, schema: 1, ...key },
    payload: vault.seal(key, { ...place, type: NOTICE_ISSUED }, Buffer.from(JSON.stringify(issued))),
  };
};

/** Undefined where it was erased. */
export const openNotice = (stored: RecordedEvent, vault: Vault): NoticeIssued | undefined => {
  const plain = openSealed(vault, { owner: stored.stream, category: CATEGORY }, stored, stored.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as NoticeIssued);
};
