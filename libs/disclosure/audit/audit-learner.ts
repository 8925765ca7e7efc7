// Who saw what of one learner, for whoever oversees sharing and for the learner: read from the learner's own stream of decisions, so that
// it is whole, once the look itself is recorded.
import type { LearnerId } from '#kernel';
import { learnerStream } from '#learner-file';
import type { GateParts } from '../gate-parts.ts';
import { type Look, look, type LookDecided } from '../looks/index.ts';
import type { AuditedDecision, Auditor } from './audited-decision.ts';
import { decisionsSeen } from './decisions-seen.ts';

export interface AuditInquiry {
  readonly asker: Auditor;
  readonly learner: LearnerId;
  /** Nothing is asked of what the learner looked at. */
  readonly ofOthers?: boolean;
  /** Whatever else was asked, as the look is to keep it. */
  readonly parameters: LookDecided['parameters'];
}

/** The latest first; what was erased is left out. Rejects with `EventStoreError` where the look cannot be recorded. */
export const auditLearner = async (
  parts: GateParts,
  { asker, learner, ofOthers = false, parameters }: AuditInquiry,
): Promise<Look<readonly AuditedDecision[]>> => {
  const about = await whoIsNow(parts, learner);
  return look(parts, { asker, asked: 'disclosures', parameters, about }, async () =>
    (await decisionsSeen(parts, asker, { learner: about, ofOthers })).flatMap(({ shown }) => shown ?? []),
  );
};

/** The file of who was merged into another says nothing, nor what is withheld from the learner (ADR 45). */
export const whoIsNow = async ({ streams }: Pick<GateParts, 'streams'>, learner: LearnerId): Promise<LearnerId> => {
  const { state } = await streams.files.load(learnerStream(learner));
  return state.into ?? learner;
};
