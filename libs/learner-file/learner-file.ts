// A learner's file: all that decisions about one learner look at, folded from the learner's one stream.
import type { Catalogue, CloudEvent, ShortType } from '#catalogue';
import {
  type ConsentState,
  evolveConsents,
  initialConsents,
  NOTICE_ISSUED,
  type NoticeIssued,
  noticesOfErasure,
  withNotice,
} from '#consent';
import { evolvePace, initialPace, type Pace, type Recorded } from '#contribution';
import type { RecordedEvent } from '#event-store';
import { agencyOf, type AgencySlug, type Instant, type LearnerId, type Position, type Revision } from '#kernel';
import { evolveLearner, initialLearner, type LearnerState } from '#learners';
import { evolveRecord, initialRecord, type RecordState } from '#learner-record';
import type { Keys } from '#privacy';
import { type Held, type Packing, packingOf } from '#unit-of-work';
import { ERASED, ERASURE_BEGUN, erasureIn } from './erasure.ts';
import { type ConflictsDecided, withDecision } from './conflicts-decided.ts';
import { MATCH_DECIDED, type United } from './merges.ts';
import { settledIn } from './waiting.ts';
import { type FileParts, type FoldedAs, notesIn, partsOf, waitsIn } from './united-file.ts';
import { type ContributionHeader, learnerOfStream, learnerStream, openContribution, openNotice, REPEAT_AVOIDED } from './stored-events.ts';

export interface LearnerFile {
  readonly id: LearnerId;
  readonly learner: LearnerState;
  readonly consent: ConsentState;
  readonly record: RecordState;
  readonly pace: Pace;
  /** Absent: none was. */
  readonly conflictsDecided?: ConflictsDecided;
  /** Of who was merged into another: who goes on. Nothing else is told of this one. */
  readonly into?: LearnerId;
  /** Whose streams it is made of beside the learner's own. */
  readonly united?: United;
}

export const emptyFile = (stream: string): LearnerFile => ({
  id: learnerOfStream(stream) ?? '',
  learner: initialLearner,
  consent: initialConsents,
  record: initialRecord,
  pace: initialPace,
});

export const evolveFile = (file: LearnerFile, event: Recorded): LearnerFile => ({
  ...file,
  learner: evolveLearner(file.learner, event),
  consent: evolveConsents(file.consent, event),
  record: evolveRecord(file.record, event),
  pace: evolvePace(file.pace, event.source, event.taken ?? event.at),
});

/** The file with an assessment that was met with one that exists: nothing of it is recorded, but it was told. */
export const evolveRepeat = (file: LearnerFile, source: AgencySlug, taken: Instant): LearnerFile => ({
  ...file,
  pace: evolvePace(file.pace, source, taken),
});

/** The file with a notice that the broker issued. */
export const evolveNotice = (file: LearnerFile, issued: NoticeIssued): LearnerFile => ({
  ...file,
  consent: withNotice(file.consent, issued),
});

/** An event may not claim to happen after the broker took it: what it begins would last too long. */
export const eventInstant = (event: CloudEvent, taken: Instant): Instant => Math.min(Date.parse(event.time), taken);

/** What the features see of an admitted event. */
export const recordedOf = (short: ShortType, event: CloudEvent, header: ContributionHeader, revision: Revision): Recorded => ({
  type: short,
  data: event.data as unknown as Recorded['data'],
  source: agencyOf(event.source) ?? '',
  sourceRoles: header.roles,
  at: eventInstant(event, header.t),
  time: Date.parse(event.time),
  taken: header.t,
  ...(event.subject === undefined ? {} : { subject: event.subject }),
  revision,
  ...(header.notes === undefined ? {} : { notes: header.notes }),
});

/** Told what was opened to be folded, in that turn. */
export type WhenOpened = (learner: LearnerId, stored: RecordedEvent, event: CloudEvent) => void;

/** An event that this process sealed and that stands in the log. */
export interface JustRecorded {
  readonly revision: Revision;
  readonly position: Position;
  readonly event: CloudEvent;
  /** Of the event as it was sent. */
  readonly bytes: number;
  /** What the vault's `erasureMark` was before it was sealed. */
  readonly mark: number;
}

/** Told what was recorded: whoever is about to show it need not open it. */
export type WhenRecorded = (learner: LearnerId, recorded: JustRecorded) => void;

/** Folds one stored event in; what was erased, and those of the broker's own events that are no notice, leave the file as it is. */
export const foldStored =
  (catalogue: Catalogue, whenOpened?: WhenOpened) =>
  (file: LearnerFile, stored: RecordedEvent, keys: Keys, as?: FoldedAs): LearnerFile => {
    const own = OWN[stored.type];
    return own ? own(file, stored, keys) : foldSaid(catalogue, { file, stored, as, whenOpened }, keys);
  };

interface ToFold {
  readonly file: LearnerFile;
  readonly stored: RecordedEvent;
  readonly as: FoldedAs | undefined;
  readonly whenOpened: WhenOpened | undefined;
}

const foldSaid = (catalogue: Catalogue, { file, stored, as, whenOpened }: ToFold, keys: Keys): LearnerFile => {
  const type = catalogue.type(stored.type);
  const opened = type && openContribution(stored, keys);
  if (!type || !opened?.event) return file;
  const { event, header } = opened;
  tellOpened(whenOpened, stored, event);
  if (as === undefined) return evolveFile(file, recordedOf(type.short, event, header, stored.revision));
  return evolvePlaced(file, recordedOf(type.short, event, header, as.place), as);
};

const tellOpened = (whenOpened: WhenOpened | undefined, stored: RecordedEvent, event: CloudEvent): void =>
  whenOpened?.(learnerOfStream(stored.stream) ?? '', stored, event);

const evolvePlaced = (file: LearnerFile, { notes: noted, ...event }: Recorded, as: FoldedAs): LearnerFile => {
  const notes = notesIn(noted, as);
  const read = { ...event, ...(notes === undefined ? {} : { notes }) };
  return waitsIn(as, event.type, event.subject) ? evolveWaiting(file, read) : evolveFile(file, read);
};

/** Nobody but its source is told of it, and it has no effect. */
const evolveWaiting = (file: LearnerFile, event: Recorded): LearnerFile => {
  const apartFrom = event.notes?.apartFrom ?? { source: event.source, assessmentId: '' };
  return {
    ...file,
    record: evolveRecord(file.record, { ...event, notes: { ...event.notes, apartFrom } }),
    pace: evolvePace(file.pace, event.source, event.taken ?? event.at),
  };
};

/** The file of a stream, made of all that stands in it and in those of who was merged into its learner. */
export const foldWhole =
  (catalogue: Catalogue, whenOpened?: WhenOpened) =>
  (stream: string, events: readonly RecordedEvent[], keys: Keys): LearnerFile => {
    const fold = foldStored(catalogue, whenOpened);
    const parts = partsOf(stream, events, () => settledIn(events, keys));
    if (parts === undefined) return events.reduce((file, event) => fold(file, event, keys), emptyFile(stream));
    const folded = parts.events.reduce((file, { stored, as }) => fold(file, stored, keys, as), emptyFile(stream));
    if (parts.resting) return { ...beingErased(folded, { stream }), ...parts.resting };
    return parts.united === undefined ? folded : { ...folded, united: withAliases(parts.united, parts.events, keys) };
  };

const withAliases = (united: United, events: FileParts['events'], keys: Keys): United => ({
  ...united,
  members: united.members.map((member) => {
    const founding = events.find(({ stored: { stream, revision } }) => stream === learnerStream(member.learner) && revision === 0);
    return { ...member, alias: (founding && openContribution(founding.stored, keys)?.header.notes?.alias) ?? '' };
  }),
});

type FoldOwn = (file: LearnerFile, stored: RecordedEvent, keys: Keys) => LearnerFile;

/** Of one category alone nothing can be taken back: the file is to be folded anew, from what can still be opened. */
const withoutErased = (file: LearnerFile, stored: RecordedEvent): LearnerFile =>
  erasureIn(stored)?.category === undefined ? emptied(file, stored.stream) : file;

const emptied = ({ consent }: LearnerFile, stream: string): LearnerFile => {
  const empty = emptyFile(stream);
  return { ...empty, consent: { ...empty.consent, notices: noticesOfErasure(consent) } };
};

/** Whoever goes on with the erasure has to know which keys to destroy. */
const beingErased = (file: LearnerFile, { stream }: Pick<RecordedEvent, 'stream'>): LearnerFile => {
  const empty = emptied(file, stream);
  return { ...empty, learner: { ...empty.learner, alias: file.learner.alias } };
};

const foldRepeat = (file: LearnerFile, source: AgencySlug, header: ContributionHeader | undefined): LearnerFile =>
  header ? evolveRepeat(file, source, header.t) : file;

const foldNotice = (file: LearnerFile, issued: NoticeIssued | undefined): LearnerFile => (issued ? evolveNotice(file, issued) : file);

const foldDecision = (file: LearnerFile, stored: RecordedEvent, keys: Keys): LearnerFile => {
  const { conflictsDecided = [] } = file;
  const decided = withDecision(conflictsDecided, stored, keys);
  return decided === conflictsDecided ? file : { ...file, conflictsDecided: decided };
};

/** The broker's own, by type. */
const OWN: Readonly<Record<string, FoldOwn>> = {
  [NOTICE_ISSUED]: (file, stored, keys) => foldNotice(file, openNotice(stored, keys)),
  [ERASURE_BEGUN]: beingErased,
  [ERASED]: withoutErased,
  [MATCH_DECIDED]: foldDecision,
  [REPEAT_AVOIDED]: (file, stored, keys) => foldRepeat(file, stored.meta.actor, openContribution(stored, keys)?.header),
};

// How a learner's file is packed: what many files say, and nobody is known by, need not be said by each.

/** Slugs, roles, codes, names in protocols, and days that many have in common. */
const WORDS = [
  ...['founder', 'knownTo', 'ulnFrom', 'sources', 'source', 'agencies', 'agency', 'to', 'recipient', 'recipients'],
  ...['role', 'kind', 'relationship', 'protocol', 'purposes', 'categories', 'reason', 'duty', 'action'],
  ...['startedOn', 'plannedEnd', 'lastOn', 'endedOn', 'validFrom', 'expires', 'day', 'due', 'on'],
];

export const filePacking = (): Packing<Held<LearnerFile>> => {
  const { pack, unpack } = packingOf<Held<Omit<LearnerFile, 'id'>>>({ words: WORDS, objects: ['heads'] });
  return {
    pack: ({ state: { id: _, ...state }, revision }) => pack({ state, revision }),
    unpack: (packed, stream) => {
      const { state, revision } = unpack(packed, stream);
      return { state: { id: learnerOfStream(stream) ?? '', ...state }, revision };
    },
  };
};
