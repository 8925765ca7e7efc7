// One question about several learners: recorded in the asker's stream, and in that of each learner, before anything is told (ADR 52).
import { recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import { disclosureStream, LINK_ADVISERS, missingFile } from '#learner-file';
import type { Draft, Missing } from '#unit-of-work';
import { type DecisionIds, drawIds, momentOf } from '../moment.ts';
import type { GateParts } from '../gate-parts.ts';
import { decideLook, type LookInquiry } from './look.ts';
import { looksOf } from './look-record.ts';

export interface InquiryAboutSeveral extends Omit<LookInquiry, 'about'> {
  readonly learners: readonly LearnerId[];
}

export type LookAtSeveral =
  | { readonly outcome: 'not-permitted'; readonly position: Position }
  /** `about`: of those whom it is about, whom the asker may look at. */
  | { readonly outcome: 'answered'; readonly about: ReadonlySet<LearnerId>; readonly position: Position };

/** What is told of those named by `about` may be told now. Rejects with `EventStoreError` where the look cannot be recorded. */
export const lookAtSeveral = async (parts: GateParts, inquiry: InquiryAboutSeveral): Promise<LookAtSeveral> => {
  const asked = { ...inquiry, learners: [...new Set(inquiry.learners)] };
  const ids = drawIds();
  const { judged, positions } = await parts.writer.write({ look: () => lookedAt(parts, asked), judge: () => judge(parts, asked, ids) });
  const position = positions.get(ids.decision) ?? 0;
  const { outcome, about } = judged;
  parts.observer?.decided(outcome, asked.asked);
  return outcome === 'answered' ? { outcome, about, position } : { outcome, position };
};

const lookedAt = ({ streams }: GateParts, { asker, learners }: InquiryAboutSeveral): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.heads.missing(looksOf(recordedAs(asker))),
  ...learners.flatMap((id) => [...missingFile(streams, id), ...streams.heads.missing(disclosureStream(id))]),
];

interface Judged {
  readonly draft: Draft;
  readonly outcome: 'answered' | 'not-permitted';
  readonly about: ReadonlySet<LearnerId>;
}

/** Must not wait. Whoever may not ask at all is told of nobody, and no learner's stream says more than that. */
const judge = (parts: GateParts, { learners, ...inquiry }: InquiryAboutSeveral, { correlation, decision: id }: DecisionIds): Judged => {
  const moment = { ...momentOf(parts, correlation), id };
  const { outcome } = decideLook(parts, moment, inquiry);
  if (outcome !== 'answered') return { draft: moment.draft, outcome, about: new Set() };
  const about = learners.filter((learner, place) => {
    const one = { ...moment, id: parts.vault.blindId('row', `${id}\n${place}`) };
    return decideLook(parts, one, { ...inquiry, about: learner }).outcome === 'answered';
  });
  return { draft: moment.draft, outcome, about: new Set(about) };
};
