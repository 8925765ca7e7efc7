// Captured once (invariant 4): an assessment that is met with one still valid is not recorded again.
import type { Contribution } from '#contribution';
import { evolveRepeat, type LearnerFile, learnerStream, REPEAT_AVOIDED } from '#learner-file';
import { type AlreadyCaptured, categoryIn } from '#learner-record';
import { contentDigest } from './content-form.ts';
import { type Contributed, contributedEvent, headerOf } from './recording.ts';
import { visibilityOf } from './repeats.ts';
import type { Session } from './session.ts';
import type { Verdict } from './verdict.ts';

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
  const stream = learnerStream(file.id);
  const header = { ...headerOf(session, judged), evidence: undefined, existing, existingAt, digest: contentDigest(judged.event.value) };
  const toRecord = {
    eventId,
    type: REPEAT_AVOIDED,
    category: categoryIn(file.record, contribution),
    owner: stream,
    header,
    bytes: new Uint8Array(),
  };
  session.draft.add(session.streams.files, stream, contributedEvent(session, toRecord), (held) =>
    evolveRepeat(held, session.agency.slug, session.at),
  );
  return { outcome: 'already-captured', eventId, learner: file.id, existing, ...visibilityOf(session, judged, file.id, existingAt) };
};
