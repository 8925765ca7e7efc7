// Puts a judged event into the draft, to be sealed under its learner's key for its category.
import type { ShortType } from '#catalogue';
import type { Notes, TakenEffect } from '#contribution';
import { type LearnerId, londonDate, type Revision } from '#kernel';
import {
  addToFile,
  circumstancesOf,
  type ContributionHeader,
  evolveFile,
  evolveLinkAdvisers,
  fileAt,
  homeIn,
  type LearnerFile,
  learnerStream,
  LINK_ADVISERS,
  nextPlace,
  placedNotes,
  planningStream,
  recordedOf,
  standingIn,
  streamPlaceOf,
} from '#learner-file';
import { mayTakeEffect } from '#learners';
import type { PlainEvent } from '#unit-of-work';
import { type AcceptedVerdict, type JudgedEvent, lookupOf, type Session, type Verdict, type WellFormed } from './session.ts';

export interface ToRecord {
  readonly eventId: string;
  readonly type: string;
  readonly category: string;
  /** Whose key seals it. */
  readonly owner: string;
  readonly header: ContributionHeader;
  readonly bytes: Uint8Array;
}

export const contributedEvent = ({ agency, correlation }: Session, toRecord: ToRecord): PlainEvent => {
  const { eventId: id, type, category, owner, header, bytes } = toRecord;
  return { id, type, meta: { actor: agency.slug, correlation, schema: 1, category, owner }, content: { header, bytes } };
};

/** Of an event that was judged, what is kept of it. */
export type Kept = Pick<JudgedEvent, 'evidence'> & { readonly event: Pick<JudgedEvent['event'], 'bytes'> };

export const headerOf = (session: Session, { evidence }: Kept, notes?: Notes): ContributionHeader => ({
  t: session.at,
  roles: session.agency.roles,
  evidence,
  ...(notes === undefined || Object.keys(notes).length === 0 ? {} : { notes }),
});

export interface Contributed {
  readonly judged: JudgedEvent;
  readonly formed: WellFormed;
  readonly eventId: string;
}

/** As far as it is needed to record it. */
export interface ToContribute {
  readonly judged: Kept;
  readonly formed: Pick<WellFormed, 'event' | 'type'>;
  readonly eventId: string;
}

export interface RecordedAs {
  /** Differs from the type's own where it follows another record. */
  readonly category: string;
  /** Whose key seals it, where that is not the learner's. */
  readonly owner?: string;
  readonly notes?: Notes;
  /** In whose stream it goes, of several that the file is made of; absent: of whom its subject names. */
  readonly home?: LearnerId;
}

/** Records an event in a learner's stream, moves the file on, and tells what came of it. */
export const recordAboutLearner = (
  session: Session,
  learner: LearnerId,
  { judged, formed, eventId }: ToContribute,
  { category, owner, notes, home: said }: RecordedAs,
): AcceptedVerdict => {
  const { draft, streams, agency } = session;
  const { state: file } = fileAt(streams, draft, learner);
  const home = said ?? homeOfNamed(file, notes) ?? homeIn(streams, draft, file, { agency: agency.slug, subjects: [formed.event.subject] });
  const place = nextPlace(streams, draft, { file, home });
  const plain = moved(file, formed, headerOf(session, judged, notes), place);
  const effects = takenEffect(session, plain);
  const noted = effects === undefined ? notes : { ...notes, effects };
  const next = effects === undefined ? plain : moved(file, formed, headerOf(session, judged, noted), place);
  const header = headerOf(session, judged, notesToStore(file, home, noted));
  const toRecord = { eventId, type: formed.type.name, category, owner: owner ?? learnerStream(home), header, bytes: judged.event.bytes };
  addToFile(streams, draft, { file, home, event: contributedEvent(session, toRecord), next: () => next });
  return { outcome: 'accepted', eventId, learner: file.id, ...(effects === undefined ? {} : { tookEffect: true }) };
};

// Notes are judged by the places of the file, and stored by the revisions of the stream in which they stand (ADR 45).

/** What names an event of its sender's own goes with that, wherever its subject leads. */
const homeOfNamed = ({ id, united }: LearnerFile, notes: Notes | undefined): LearnerId | undefined =>
  notes?.names === undefined ? undefined : streamPlaceOf(id, united, notes.names).learner;

/** Of adviser assignments in another stream of the file it is noted with an event of that one. */
const notesToStore = ({ id, united }: LearnerFile, home: LearnerId, notes: Notes | undefined): Notes | undefined =>
  united === undefined
    ? notes
    : placedNotes(notes, (place) => {
        const { learner, revision } = streamPlaceOf(id, united, place);
        return learner === home ? revision : undefined;
      });

/** What takes effect with the event just said, or did since the one before: noted, it stays whatever comes (sharing-matrix.md, W2). */
const takenEffect = (session: Session, file: LearnerFile): TakenEffect | undefined => {
  if (!mayTakeEffect(file.learner)) return undefined;
  const { full, partial, advisers } = standingIn(file, circumstancesOf(lookupOf(session))).standing.taken;
  if (full.length + partial.length + advisers.length === 0) return undefined;
  return { ...listed('full', full), ...listed('partial', partial), ...listed('advisers', advisers) };
};

const listed = <Name extends string, Item>(name: Name, list: readonly Item[]): { readonly [One in Name]?: readonly Item[] } =>
  (list.length === 0 ? {} : { [name]: list }) as { readonly [One in Name]?: readonly Item[] };

const moved = (file: LearnerFile, { type, event }: ToContribute['formed'], header: ContributionHeader, revision: Revision): LearnerFile =>
  evolveFile(file, recordedOf(type.short satisfies ShortType, event, header, revision));

// Events about no learner: provision, vacancies, quotas, link advisers, and feedback that names nobody.

/** An answer to a notice is about the learner whom the notice is about. */
export const isAboutNobody = ({ event, type }: Pick<WellFormed, 'event' | 'type'>): boolean =>
  event.subject === undefined && type.subject !== 'required' && type.short !== 'notice.acknowledged';

/** Sealed under the agency's key: a vacancy may be confidential, and an adviser's name is a person's. */
export const judgePlanning = (session: Session, contributed: Contributed): Verdict => {
  const { formed, judged, eventId } = contributed;
  const { type, event } = formed;
  const toRecord = {
    eventId,
    type: type.name,
    category: type.categoryOf(event.data),
    owner: `agency-${session.agency.slug}`,
    header: headerOf(session, judged),
    bytes: judged.event.bytes,
  };
  const { draft, streams, agency } = session;
  if (type.short === 'link-adviser.assigned' || type.short === 'link-adviser.confirmed') {
    draft.add(streams.linkAdvisers, LINK_ADVISERS, contributedEvent(session, toRecord), (links) =>
      evolveLinkAdvisers(links, { source: agency.slug, on: londonDate(Date.parse(event.time)) }, event.data),
    );
  } else {
    const stream = planningStream(agency.slug);
    draft.add(streams.heads, stream, contributedEvent(session, toRecord), () => null);
  }
  return { outcome: 'accepted', eventId };
};
