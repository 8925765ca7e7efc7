// The same message id again: a duplicate where the content is equal in its RFC 8785 form, else a conflict (invariant 3).
import type { ExistingVisibility } from '#disclosure';
import type { LearnerId, Revision } from '#kernel';
import { learnerOfStream, type OpenedContribution } from '#learner-file';
import { canonicalForm, contentDigest } from './content-form.ts';
import type { SeenMessage } from './messages-seen.ts';
import type { JudgedEvent, Session } from './session.ts';
import type { Verdict } from './verdict.ts';

/** `first` is what the log holds under the id. Where that was erased nothing can be compared, and nothing new is recorded either. */
export const judgeRepeat = (session: Session, judged: JudgedEvent, { recorded: first, opened }: SeenMessage): Verdict => {
  if (opened && !isSame(opened, judged.event.value)) return { outcome: 'conflict' };
  const learner = learnerOfStream(first.stream);
  const { existing, existingAt } = opened?.header ?? {};
  return {
    outcome: 'duplicate',
    eventId: first.id,
    position: first.position,
    ...(learner === undefined ? {} : { learner }),
    ...(existing === undefined || learner === undefined ? {} : { existing, ...visibilityOf(session, judged, learner, existingAt) }),
  };
};

/**
 * Whether the sender may be told of the assessment that exists, as things stand now, and read it. Each time it is told is a look of its
 * own; where nobody is told, as the receipt does not reach the sender, nothing is recorded.
 */
export const visibilityOf = (
  session: Session,
  { newIds: { decision } }: Pick<JudgedEvent, 'newIds'>,
  learner: LearnerId,
  existing: Revision | undefined,
): ExistingVisibility => {
  const { reachesSender, gate, agency } = session;
  if (!reachesSender || existing === undefined) return { mayKnow: false, mayRead: false };
  if (decision === undefined) throw new Error('Only an assessment is met with one that exists: no id was drawn for this event.');
  return gate.existing({ asker: { agency: agency.slug }, learner, decision, existing }, session);
};

const isSame = ({ header, event: first }: OpenedContribution, event: unknown): boolean =>
  first === undefined ? header.digest === contentDigest(event) : canonicalForm(first) === canonicalForm(event);
