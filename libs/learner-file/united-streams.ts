// Learners' files as a judgement looks at them, where one may be made of several streams: read, relied on and added to (ADR 45).
import type { EventStore, RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import type { Draft, Held, Missing, PlainEvent, StreamCache } from '#unit-of-work';
import type { LearnerFile } from './learner-file.ts';
import { placeFor, placeIn, type United } from './merges.ts';
import { learnerOfStream, learnerStream } from './stored-events.ts';

interface Files {
  readonly files: StreamCache<LearnerFile>;
}

/** Whom an agency may mean by a subject, whether or not that one was merged or erased. */
interface Links {
  linkedTo(draft: Draft, agency: AgencySlug, subject: string): readonly LearnerId[];
}

/** The learner's, or that of the one into whom the learner was merged. */
export const fileAt = ({ files }: Files, draft: Draft, learner: LearnerId): Held<LearnerFile> => {
  const held = draft.get(files, learnerStream(learner));
  return held.state.into === undefined ? held : draft.get(files, learnerStream(held.state.into));
};

export const whoIs = ({ files }: Files, draft: Draft, learner: LearnerId): LearnerId =>
  draft.get(files, learnerStream(learner)).state.into ?? learner;

/** What is to be loaded before `fileAt` can be asked: nothing, where it is in memory, or begun in the draft. */
export const missingFile = ({ files }: Files, learner: LearnerId, draft?: Draft): readonly Missing[] => {
  const missing = (one: LearnerId): readonly Missing[] =>
    draft === undefined ? files.missing(learnerStream(one)) : draft.missingIn(files, learnerStream(one));
  const own = missing(learner);
  if (own.length > 0) return own;
  const state = files.peek(learnerStream(learner))?.state;
  return [...(state?.into === undefined ? [] : [state.into]), ...membersOf(state)].flatMap(missing);
};

/** Of whose streams the file is made beside the learner's own. */
export const membersOf = (file: LearnerFile | undefined): readonly LearnerId[] => file?.united?.members.map(({ learner }) => learner) ?? [];

/** The draft holds only if no stream of the file has moved when it is appended. */
export const requireFile = ({ files }: Files, draft: Draft, learner: LearnerId): void => {
  draft.require(files, learnerStream(learner));
  const { state } = fileAt({ files }, draft, learner);
  if (state.id !== learner) draft.require(files, learnerStream(state.id));
  requireMembers(files, draft, state);
};

const requireMembers = (files: Files['files'], draft: Draft, { id, united }: LearnerFile): void => {
  for (const { learner, revision } of united?.members ?? []) {
    const stream = learnerStream(learner);
    if (draft.get(files, stream).revision === revision) draft.require(files, stream);
    else {
      // One of the two was read before the other moved: both are read anew.
      files.drop(stream);
      files.drop(learnerStream(id));
      draft.lack([...files.missing(stream), ...files.missing(learnerStream(id))]);
    }
  }
};

/** In which stream an event goes: of a file made of one, in that one. */
export interface Home {
  readonly file: LearnerFile;
  readonly home: LearnerId;
}

/** Where the next event of that stream would stand in the file. */
export const nextPlace = ({ files }: Files, draft: Draft, { file, home }: Home): Revision => {
  const { revision } = draft.get(files, learnerStream(file.id));
  return file.united === undefined || home === file.id ? revision + 1 : placeFor(file.united, revision);
};

export interface ToAdd extends Home {
  readonly event: PlainEvent;
  /** The file with it. */
  readonly next: (file: LearnerFile) => LearnerFile;
}

/** Adds an event to the stream of its home, and moves the file on that is made of it. */
export const addToFile = ({ files }: Files, draft: Draft, { file: { id, united }, home, event, next }: ToAdd): void => {
  if (united === undefined || home === id) draft.add(files, learnerStream(id), event, next);
  else {
    const place = placeFor(united, draft.get(files, learnerStream(id)).revision);
    const revision = draft.add(files, learnerStream(home), event, (resting) => resting);
    draft.amend(files, learnerStream(id), (file) => ({ ...next(file), united: withPlaced(united, home, { place, revision }) }));
    draft.require(files, learnerStream(id));
  }
  if (united !== undefined) requireMembers(files, draft, draft.get(files, learnerStream(id)).state);
};

interface Placed {
  readonly place: Revision;
  readonly revision: Revision;
}

const withPlaced = ({ members, placed }: United, home: LearnerId, { place, revision }: Placed): United => ({
  members: members.map((member) => (member.learner === home ? { ...member, revision } : member)),
  placed: [...placed, { member: members.findIndex(({ learner }) => learner === home), place }],
});

/**
 * Under whose identifier the agency says it: of a number that leads to several of the file, the one who goes on. So an un-merge gives each
 * what was said under an own id of theirs.
 */
export const homeIn = (
  streams: Links,
  draft: Draft,
  { id, united }: LearnerFile,
  { agency, subjects }: { readonly agency: AgencySlug; readonly subjects: readonly (string | undefined)[] },
): LearnerId => {
  if (united === undefined) return id;
  const named = subjects.flatMap((subject) => subject ?? []).sort(ownFirst);
  const [home] = named.flatMap((subject) => {
    const linked = streams.linkedTo(draft, agency, subject);
    if (subject.startsWith('uln:') && linked.includes(id)) return [id];
    return linked.find((one) => one === id || united.members.some(({ learner }) => learner === one)) ?? [];
  });
  return home ?? id;
};

const ownFirst = (one: string, other: string): number => Number(one.startsWith('uln:')) - Number(other.startsWith('uln:'));

// What stands in the log of a learner's file, by its places in the file.

export interface EventOfFile {
  readonly place: Revision;
  readonly stored: RecordedEvent;
}

/**
 * In the order of the file, of the places from one to another. What was recorded since the file was made is left out of the streams of
 * others.
 */
export const eventsOfFile = async (
  store: Pick<EventStore, 'readStream'>,
  file: LearnerFile,
  { from = 0, to = Infinity }: { readonly from?: Revision; readonly to?: Revision } = {},
): Promise<readonly EventOfFile[]> => {
  const { id, united } = file;
  const first = Math.floor(from);
  const own = await store.readStream(learnerStream(id), { from: first, ...(to === Infinity ? {} : { limit: Math.floor(to) - first + 1 }) });
  const beside = await Promise.all(membersOf(file).map((one) => store.readStream(learnerStream(one))));
  return [...own, ...beside.flat()]
    .flatMap((stored) => {
      const place = placeIn(id, united, { learner: learnerOfStream(stored.stream) ?? '', revision: stored.revision });
      return place === undefined || place < from || place > to ? [] : [{ place, stored }];
    })
    .sort((one, other) => one.place - other.place);
};
