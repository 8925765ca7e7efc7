// That two learners are one person, or are so no more: the data manager's decision, in the streams of both (ADR 45).
import type { AgencySlug, LearnerId, Position, Revision } from '#kernel';
import type { RecordedEvent } from '#event-store';
import { learnerOfStream, readClear } from './stored-events.ts';

/** Clear payload `Merged`, in both streams: random ids, which tell nothing, also of somebody who was erased. */
export const LEARNER_MERGED = 'uk.concordat.learner.merged.v1';
export const LEARNER_UNMERGED = 'uk.concordat.learner.unmerged.v1';

export interface Merged {
  /** Who goes on. */
  readonly into: LearnerId;
  /** Whose record is read with that one's. */
  readonly merged: LearnerId;
}

/** What the data manager made of two records that may be one person's; in the streams of both, sealed under each one's own key. */
export const MATCH_DECIDED = 'uk.concordat.match.decided.v1';
export const MATCH_OUTCOMES = ['same', 'different', 'deferred'] as const;
export type MatchOutcome = (typeof MATCH_OUTCOMES)[number];

export interface MatchDecided {
  readonly match: string;
  readonly outcome: MatchOutcome;
  readonly learners: readonly LearnerId[];
  readonly reason: string;
  readonly staff?: string;
  /** Of two who are one, with two numbers: in whose record the right one is. */
  readonly right?: LearnerId;
  /** Of an un-merge: what was said under the number alone while the two were one, and waits until somebody says whose it is. */
  readonly waiting?: readonly Waiting[];
}

/** A contribution that waits, and how its match is named. */
export interface Waiting extends StreamPlace {
  readonly type: string;
  readonly source: AgencySlug;
}

// A match is named by what it is and by the learners whom it is about.

export const MATCH_KINDS = ['possible-match', 'same-number', 'link-conflict', 'recorded-apart'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** Ties with a learner that wait for somebody to vouch for them; named by the agency whose they are. */
export const TIE_KINDS = ['residence-unconfirmed', 'adviser-unconfirmed'] as const;
export type TieKind = (typeof TIE_KINDS)[number];

/** All that the data manager's queue holds. */
export const QUEUE_KINDS = [...MATCH_KINDS, 'under-number-alone', ...TIE_KINDS] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

const JOINED = '.';

export const queueId = (kind: TieKind, learner: LearnerId, agency: AgencySlug): string => [kind, learner, agency].join(JOINED);

export const isTieMatch = (match: string): boolean => TIE_KINDS.some((kind) => match.startsWith(kind + JOINED));

/** One contribution, of which it is to be said whether it is of the one under whose number it came. */
export const UNDER_NUMBER_ALONE = 'under-number-alone';

export const waitingId = ({ learner, revision }: StreamPlace): string => [UNDER_NUMBER_ALONE, learner, revision].join(JOINED);

/** Undefined where nothing that waits is named so. */
export const waitingIn = (match: string): StreamPlace | undefined => {
  const [, learner, revision] = /^under-number-alone[.]([0-9a-z-]+)[.](0|[1-9][0-9]{0,9})$/.exec(match) ?? [];
  return learner === undefined ? undefined : { learner, revision: Number(revision) };
};

export const matchId = (kind: MatchKind, learners: readonly LearnerId[]): string => [kind, ...learners.toSorted()].join(JOINED);

/** Between the learner and whose identifiers are in conflict: no learner's id. */
const BY = 'by';

/** What an agency told of one learner is decided by itself, each identifier apart: what another one told is another match. */
export const conflictId = (
  learner: LearnerId,
  { agency, identifier }: { readonly agency: AgencySlug; readonly identifier?: string },
): string => ['link-conflict', learner, BY, agency, ...(identifier === undefined ? [] : [identifier])].join(JOINED);

/** Undefined where nothing is named so. */
export const learnersOfMatch = (match: string): readonly LearnerId[] | undefined => {
  const [kind, ...named] = match.split(JOINED);
  const learners = kind === 'link-conflict' && named[1] === BY ? named.slice(0, 1) : named;
  return MATCH_KINDS.some((one) => one === kind) && learners.length > 0 ? learners : undefined;
};

/** Since a position somebody else was merged into the learner, or no more. */
interface Change {
  readonly since: Position;
  readonly members: ReadonlySet<LearnerId>;
}

const NOBODY: ReadonlySet<LearnerId> = new Set();

/** What a learner's own stream tells of merges. */
export class Merges {
  /** Into whom the learner is merged now. */
  readonly into: LearnerId | undefined;
  /** Who is merged into the learner now. */
  readonly members: ReadonlySet<LearnerId>;
  readonly #changes: readonly Change[];
  /** Positions from which on the learner was merged into another, or no more. */
  readonly #moves: readonly { readonly since: Position; readonly into: LearnerId | undefined }[];

  private constructor(self: LearnerId, events: readonly RecordedEvent[]) {
    const changes: Change[] = [];
    const moves: { since: Position; into: LearnerId | undefined }[] = [];
    let members = NOBODY;
    for (const { type, position: since, payload } of events) {
      const { into, merged } = readClear<Merged>(payload);
      const isMerge = type === LEARNER_MERGED;
      if (merged === self) moves.push({ since, into: isMerge ? into : undefined });
      else changes.push({ since, members: (members = isMerge ? new Set([...members, merged]) : without(members, merged)) });
    }
    this.into = moves.at(-1)?.into;
    this.members = members;
    this.#changes = changes;
    this.#moves = moves;
  }

  /** Undefined: the learner is who they are, and always were. */
  static in(stream: string, events: readonly RecordedEvent[]): Merges | undefined {
    const told = events.filter((event) => event.stream === stream && isMergeEvent(event));
    return told.length === 0 ? undefined : new Merges(learnerOfStream(stream) ?? '', told);
  }

  /** Who was merged into the learner when that was recorded. */
  membersAt(position: Position): ReadonlySet<LearnerId> {
    return this.#changes.findLast(({ since }) => since <= position)?.members ?? NOBODY;
  }

  /** Whether the learner was merged into another then. */
  wasMergedAt(position: Position): boolean {
    return this.#moves.findLast(({ since }) => since <= position)?.into !== undefined;
  }
}

export const isMergeEvent = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === LEARNER_MERGED || type === LEARNER_UNMERGED;

const without = (members: ReadonlySet<LearnerId>, gone: LearnerId): ReadonlySet<LearnerId> =>
  new Set([...members].filter((member) => member !== gone));

export const mergedPayload = (merged: Merged): Uint8Array => Buffer.from(JSON.stringify(merged));

// Places in a united file: revisions of the one who goes on, and fractions between them for the events of the others.

/** One in so many parts of a revision; a place is exact in the number, since a stream has far less than 2^32 events. */
const PARTS = 2 ** 20;

/** An event of another stream in the united file. */
export interface PlacedEvent {
  /** Number of its learner among the members. */
  readonly member: number;
  readonly place: Revision;
}

export interface Member {
  readonly learner: LearnerId;
  /** Of its last event that the file holds. */
  readonly revision: Revision;
  /** Under which its identifiers are sealed. */
  readonly alias: string;
}

/** Of whom a united file is made beside the learner, and where in it the events of their streams stand, in their order. */
export interface United {
  readonly members: readonly Member[];
  readonly placed: readonly PlacedEvent[];
}

/** Of the next event of another stream, while the learner's own stands at a revision. Nothing stands before what founded the learner. */
export const placeFor = ({ placed }: Pick<United, 'placed'>, revision: Revision): Revision =>
  Math.max(0, revision) + (placed.length + 1) / PARTS;

export interface StreamPlace {
  readonly learner: LearnerId;
  readonly revision: Revision;
}

/** In which stream the event of a place stands, and where. */
export const streamPlaceOf = (learner: LearnerId, united: United | undefined, place: Revision): StreamPlace => {
  if (united === undefined || Number.isInteger(place)) return { learner, revision: place };
  const before = Math.round((place - Math.floor(place)) * PARTS) - 1;
  const member = united.placed[before]?.member ?? -1;
  const revision = united.placed.slice(0, before).filter((one) => one.member === member).length;
  return { learner: united.members[member]?.learner ?? '', revision };
};

/** Where in the file the event of a stream stands; undefined: nowhere in it. */
export const placeIn = (learner: LearnerId, united: United | undefined, at: StreamPlace): Revision | undefined => {
  if (at.learner === learner) return at.revision;
  const member = united?.members.findIndex((one) => one.learner === at.learner) ?? -1;
  return member < 0 ? undefined : united?.placed.filter((one) => one.member === member)[at.revision]?.place;
};
