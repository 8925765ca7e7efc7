// The notices that an agency has not answered: as the learners' files stand, and recorded before they are told. Whoever received data
// has to know what became of them, so no purpose is named and no clause asked (UK GDPR Art 19; ADR 15).
import { type AgencyAsker, recordedAs } from '#access';
import { type Notice, openNoticesFor } from '#consent';
import type { LearnerId } from '#kernel';
import { LINK_ADVISERS, missingFile } from '#learner-file';
import type { Draft, Missing } from '#unit-of-work';
import { localIdOf } from '#learners';
import { type DecisionIds, drawIds, learnerAt, type Moment, momentOf, readerAt, requireAsSeen } from '../moment.ts';
import type { GateParts } from '../gate-parts.ts';
import type { Reader } from '../in-force.ts';
import { noticedItems } from '../item-reader.ts';
import { recordLook } from './look.ts';
import { lookStream } from './look-record.ts';
import { groundFor } from './look-grounds.ts';

export interface OpenNotice {
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** The recipient's own id for the learner, where it linked one. */
  readonly localId?: string;
  readonly notice: Notice;
  /** Pairwise ids of what it was shown. */
  readonly items: readonly string[];
}

export interface NoticesInquiry {
  readonly asker: AgencyAsker;
  /** As a view proposes them. */
  readonly learners: readonly LearnerId[];
  /** Most notices; the oldest come first. */
  readonly limit: number;
}

/**
 * What was answered or erased meanwhile is left out. Where there is none, nothing is told and nothing recorded. Rejects with
 * `EventStoreError`.
 */
export const askForNotices = async (parts: GateParts, inquiry: NoticesInquiry): Promise<readonly OpenNotice[]> => {
  const learners = [...new Set(inquiry.learners)];
  const ids = drawIds();
  const { judged } = await parts.writer.write({
    look: () => lookedAt(parts, { ...inquiry, learners }),
    judge: () => judge(parts, { ...inquiry, learners }, ids),
  });
  return judged.told;
};

const lookedAt = ({ streams }: GateParts, { asker, learners }: NoticesInquiry): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.heads.missing(lookStream(recordedAs(asker), undefined)),
  ...learners.flatMap((id) => missingFile(streams, id)),
];

interface Told {
  readonly draft: Draft;
  readonly told: readonly OpenNotice[];
}

/** Must not wait. */
const judge = (parts: GateParts, { asker, learners, limit }: NoticesInquiry, { correlation, decision: id }: DecisionIds): Told => {
  const moment = { ...momentOf(parts, correlation), id };
  const reader = readerAt(moment, asker);
  const ground = reader && groundFor(moment.inForce.decisions, reader, 'notices');
  if (!reader || !ground) return { draft: moment.draft, told: [] };
  const told = learners
    .flatMap((id) => openOf(parts, moment, reader, id))
    .sort((a, b) => a.notice.issuedAt - b.notice.issuedAt)
    .slice(0, limit);
  if (told.length > 0) {
    const parameters = { notices: told.map(({ notice }) => notice.noticeId) };
    recordLook(parts, moment, { asker, asked: 'notices', parameters }, { outcome: 'answered', ground });
  }
  return { draft: moment.draft, told };
};

const openOf = (parts: GateParts, moment: Moment, { slug }: Reader, id: LearnerId): readonly OpenNotice[] => {
  const known = learnerAt(parts, moment, id);
  requireAsSeen(parts, moment, id);
  if (known === undefined) return [];
  const localId = localIdOf(known.file.learner, slug);
  const learner = { learner: parts.pseudonyms.of(slug, id), ...(localId === undefined ? {} : { localId }) };
  return openNoticesFor(known.file, slug).map((notice) => ({ ...learner, notice, items: noticedItems(parts.vault, notice) }));
};
