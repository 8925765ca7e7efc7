// Puts a judged event into the draft: sealed under its learner's key for its category, at the place it will have.
import type { ShortType } from '#catalogue';
import type { Notes } from '#contribution';
import type { NewEvent } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import { type ContributionHeader, evolveFile, type LearnerFile, learnerStream, recordedOf } from '#learner-file';
import { encodePayload } from '#privacy';
import type { WellFormed } from './contribution-form.ts';
import type { JudgedEvent, Session } from './session.ts';

export interface ToRecord {
  readonly eventId: string;
  readonly type: string;
  readonly category: string;
  /** Whose key seals it. */
  readonly owner: string;
  readonly header: ContributionHeader;
  readonly bytes: Uint8Array;
}

/** The stored event for one place of a stream. */
export const sealedEvent = ({ vault, agency, correlation }: Session, stream: string, revision: Revision, toRecord: ToRecord): NewEvent => {
  const { eventId, type, category, owner, header, bytes } = toRecord;
  return {
    id: eventId,
    type,
    meta: { actor: agency.slug, correlation, schema: 1, category, owner },
    payload: vault.seal({ owner, category }, { stream, revision, type }, encodePayload({ header, bytes })),
  };
};

export const headerOf = (session: Session, { evidence }: JudgedEvent, notes?: Notes): ContributionHeader => ({
  t: session.at,
  roles: session.agency.roles,
  evidence,
  ...(notes === undefined ? {} : { notes }),
});

export interface Contributed {
  readonly judged: JudgedEvent;
  readonly formed: WellFormed;
  readonly eventId: string;
}

/** Records an event in a learner's stream and moves the file on. `category` differs from the type's own where it follows another record. */
export const recordAboutLearner = (
  session: Session,
  learner: LearnerId,
  { judged, formed, eventId }: Contributed,
  { category, notes }: { readonly category: string; readonly notes?: Notes },
): void => {
  const stream = learnerStream(learner);
  const header = headerOf(session, judged, notes);
  const toRecord = { eventId, type: formed.type.name, category, owner: stream, header, bytes: judged.event.bytes };
  session.draft.add(
    session.streams.files,
    stream,
    (revision) => sealedEvent(session, stream, revision, toRecord),
    (file, revision) => moved(file, formed, header, revision),
  );
};

const moved = (file: LearnerFile, { type, event }: WellFormed, header: ContributionHeader, revision: Revision): LearnerFile =>
  evolveFile(file, recordedOf(type.short satisfies ShortType, event, header, revision));
