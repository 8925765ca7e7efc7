// Notices: whoever received data is told what became of their ground or their truth, and says what it did with them (invariant 6; Art 19).
import type { NoticeAcknowledged } from '#catalogue';
import type { Recorded } from '#contribution';
import type { AgencySlug, Instant, IsoDate, Position } from '#kernel';

/** The broker's own event in the learner's stream, sealed with what else is known of the learner's consents. */
export const NOTICE_ISSUED = 'uk.concordat.notice.issued.v1';

/**
 * What took effect: a withdrawal of consent, a restriction, an objection upheld, its source's own rectification or retraction, or that the
 * learner was erased.
 */
export const NOTICE_REASONS = ['withdrawal', 'restriction', 'objection', 'rectification', 'retraction', 'erasure'] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

export interface NoticeIssued {
  /** UUID; the id of this event too. */
  readonly noticeId: string;
  readonly recipient: AgencySlug;
  readonly reason: NoticeReason;
  /** Of a withdrawal alone: the consent's id as the agency that recorded it gave it. */
  readonly consentId?: string;
  /** Positions in the log of what the recipient was shown, ascending; `MERGED_IDENTITY_NOTICED` for the merged identity. */
  readonly items: readonly Position[];
  readonly issuedAt: Instant;
  /** The last day, in London, to acknowledge it. */
  readonly due: IsoDate;
  /** The clause that says so, as `e2e-passport@1#ED6`; absent where no protocol does. */
  readonly duty?: string;
}

/** In place of a position: no event has it. */
export const MERGED_IDENTITY_NOTICED: Position = -1;

export interface Notice extends NoticeIssued {
  readonly acknowledged?: Pick<NoticeAcknowledged, 'on' | 'action'>;
}

/** As `ConsentState` holds them: in the order in which they were issued. */
export interface NoticesHeld {
  readonly notices: readonly Notice[];
}

/** Folds in the issuing of a notice. */
export const withNotice = <State extends NoticesHeld>(state: State, issued: NoticeIssued): State => ({
  ...state,
  notices: state.notices.concat(issued),
});

/** The last answer stands: whoever stopped using data may delete it later. */
export const acknowledged = (notices: readonly Notice[], { data, source }: Recorded<'notice.acknowledged'>): readonly Notice[] =>
  notices.map((notice) =>
    isSentTo(notice, source, data.noticeId) ? { ...notice, acknowledged: { on: data.on, action: data.action } } : notice,
  );

const isSentTo = ({ noticeId, recipient }: Notice, agency: AgencySlug, id: string): boolean => noticeId === id && recipient === agency;

/** The notice of that id that was sent to that agency. */
export const noticeSentTo = ({ notices }: NoticesHeld, agency: AgencySlug, noticeId: string): Notice | undefined =>
  notices.find((notice) => isSentTo(notice, agency, noticeId));

/** What the agency was told about the learner and has not answered yet, in the order in which it was told. */
export const openNoticesFor = ({ consent }: { readonly consent: NoticesHeld }, recipient: AgencySlug): readonly Notice[] =>
  consent.notices.filter((notice) => notice.recipient === recipient && !notice.acknowledged);

/** What outlives the erasure of a learner: that its recipients were told of it, and what they answered. */
export const noticesOfErasure = ({ notices }: NoticesHeld): readonly Notice[] => notices.filter(({ reason }) => reason === 'erasure');
