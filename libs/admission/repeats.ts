// What was told before: the same message id again (invariant 3), and an assessment met with one still valid (invariant 4).
import type { ExistingVisibility } from '#disclosure';
import type { LearnerId, Revision } from '#kernel';
import {
  addToFile,
  evolveRepeat,
  fileAt,
  homeIn,
  type LearnerFile,
  learnerOfStream,
  learnerStream,
  type OpenedContribution,
  placeIn,
  REPEAT_AVOIDED,
  streamPlaceOf,
} from '#learner-file';
import type { Contribution } from '#contribution';
import { type AlreadyCaptured, categoryIn } from '#learner-record';
import { canonicalForm, contentDigest } from './content-form.ts';
import type { SeenMessage } from './messages-seen.ts';
import type { JudgedEvent, Session, Verdict } from './session.ts';
import { type Contributed, contributedEvent, headerOf } from './recording.ts';

// The same message id again: a duplicate where the content is equal in its RFC 8785 form, else a conflict (invariant 3).

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
    ...(existing === undefined || learner === undefined
      ? {}
      : { existing, ...visibilityOf(session, judged, learner, placeOfExisting(session, learner, existingAt)) }),
  };
};

const placeOfExisting = ({ streams, draft }: Session, learner: LearnerId, revision: Revision | undefined): Revision | undefined => {
  if (revision === undefined) return undefined;
  const { id, united } = fileAt(streams, draft, learner).state;
  return placeIn(id, united, { learner, revision });
};

/** Of an assessment that stands in another stream of the file nothing is told again: an un-merge may take it away. */
const existingIn = ({ id, united }: LearnerFile, home: LearnerId, place: Revision): { readonly existingAt?: Revision } => {
  const { learner, revision } = streamPlaceOf(id, united, place);
  return learner === home ? { existingAt: revision } : {};
};

/**
 * Whether the sender may be told of the assessment that exists, as things stand now, and read it. Each time it is told is a look of its
 * own; where nobody is told, as the receipt does not reach the sender, nothing is recorded.
 */
const visibilityOf = (
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

// Captured once (invariant 4): an assessment that is met with one still valid is not recorded again.

export interface Repeated {
  readonly file: LearnerFile;
  readonly contribution: Contribution;
  readonly met: AlreadyCaptured;
}

/** The id is consumed, the avoided repeat counted, and its content not kept. */
export const avoidRepeat = (
  session: Session,
  { judged, eventId }: Contributed,
  { file, contribution, met: { existing, revision: existingAt } }: Repeated,
): Verdict => {
  const { draft, streams, agency } = session;
  const home = homeIn(streams, draft, file, { agency: agency.slug, subjects: [contribution.subject] });
  const stream = learnerStream(home);
  const header = {
    ...headerOf(session, judged),
    evidence: undefined,
    existing,
    ...existingIn(file, home, existingAt),
    digest: contentDigest(judged.event.value),
  };
  const toRecord = {
    eventId,
    type: REPEAT_AVOIDED,
    category: categoryIn(file.record, contribution),
    owner: stream,
    header,
    bytes: new Uint8Array(),
  };
  addToFile(streams, draft, {
    file,
    home,
    event: contributedEvent(session, toRecord),
    next: (held) => evolveRepeat(held, agency.slug, session.at),
  });
  return { outcome: 'already-captured', eventId, learner: file.id, existing, ...visibilityOf(session, judged, file.id, existingAt) };
};
