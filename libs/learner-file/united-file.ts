// A learner's file made of more than one stream: of who was merged into the learner, place by place (ADR 45).
import type { ShortType } from '#catalogue';
import type { Notes, TakenEffect } from '#contribution';
import type { RecordedEvent } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import { ERASED, ERASURE_BEGUN, erasureIn } from './erasure.ts';
import { Merges, placeFor, placeIn, type PlacedEvent, type United } from './merges.ts';
import { learnerOfStream, learnerStream } from './stored-events.ts';
import { type IsSettled, saysNotOfWhom } from './waiting.ts';

/** How an event is folded in that does not stand alone in its learner's stream. */
export interface FoldedAs {
  readonly place: Revision;
  /** What it notes by its own stream's revisions, as places. */
  readonly placeOf: (revision: Revision) => Revision | undefined;
  /** Whose words had effect was noted in another company: it is asked anew. */
  readonly anew: boolean;
  /** It was recorded while the learner was one with somebody with whom they are so no more. */
  readonly parted: boolean;
  /** The data manager said that it is of this learner. */
  readonly isSettled: boolean;
}

/** Until the data manager says whose it is: its source alone sees it. */
export const waitsIn = ({ parted, isSettled }: FoldedAs, type: ShortType, subject: string | undefined): boolean =>
  parted && !isSettled && saysNotOfWhom(type, subject);

export const notesIn = (notes: Notes | undefined, { anew, placeOf }: FoldedAs): Notes | undefined => {
  const placed = placedNotes(notes, placeOf);
  if (!anew) return placed;
  const { effects: _, ...others } = placed ?? {};
  return { ...others, lacks: 'standing' };
};

/** What they note by revisions of one kind, by those of another: places of a file, or revisions of a stream. */
export const placedNotes = (notes: Notes | undefined, placeOf: FoldedAs['placeOf']): Notes | undefined => {
  if (notes === undefined) return undefined;
  const { names, effects, ...others } = notes;
  const named = names === undefined ? undefined : placeOf(names);
  return {
    ...others,
    ...(named === undefined ? {} : { names: named }),
    ...(effects === undefined ? {} : { effects: placedEffects(effects, placeOf) }),
  };
};

const placedEffects = ({ advisers = [], ...heard }: TakenEffect, placeOf: FoldedAs['placeOf']): TakenEffect => {
  const grounded = advisers.flatMap((revision) => placeOf(revision) ?? []);
  return grounded.length === 0 ? heard : { ...heard, advisers: grounded };
};

/** Streams of those who are merged into the learner of the stream now. */
export const streamsBeside = (stream: string, events: readonly RecordedEvent[]): readonly string[] => {
  const merges = Merges.in(stream, events);
  return merges === undefined || merges.into !== undefined ? [] : [...merges.members].map(learnerStream);
};

/** Of nothing but whom to look at. */
interface Resting {
  readonly into: LearnerId;
}

/** What the file of a stream is made of, where it or another was ever merged. */
export interface FileParts {
  readonly resting?: Resting;
  /** In the order in which they are folded. */
  readonly events: readonly { readonly stored: RecordedEvent; readonly as: FoldedAs }[];
  readonly united?: United;
}

const isWhole = (erasure: ReturnType<typeof erasureIn>): boolean => erasure !== undefined && erasure.category === undefined;

/** Nothing of who is erased, or is about to be, is told in another's file. */
const isErased = (events: readonly RecordedEvent[]): boolean =>
  events.some((event) => event.type === ERASURE_BEGUN || (event.type === ERASED && isWhole(erasureIn(event))));

/** What founded the learner stands first; all else as the log has it. */
const inOrder = (stream: string, events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const first = events.find((event) => event.stream === stream);
  const others = events.filter((event) => event !== first).sort((a, b) => a.position - b.position);
  return first === undefined ? others : [first, ...others];
};

/** `events`: of the stream and of those beside it. Undefined: nobody was ever merged, and each event is folded as it stands. */
export const partsOf = (stream: string, events: readonly RecordedEvent[], settled: () => IsSettled): FileParts | undefined => {
  const merges = Merges.in(stream, events);
  if (merges === undefined) return undefined;
  const file = new Uniting(learnerOfStream(stream) ?? '', merges, { events, isSettled: settled() });
  return file.parts(inOrder(stream, events));
};

class Uniting {
  readonly #learner: LearnerId;
  readonly #merges: Merges;
  readonly #members: readonly LearnerId[];
  readonly #erased: ReadonlySet<LearnerId>;
  readonly #isSettled: IsSettled;
  readonly #placed: PlacedEvent[] = [];
  #united: United;

  constructor(
    learner: LearnerId,
    merges: Merges,
    { events, isSettled }: { readonly events: readonly RecordedEvent[]; readonly isSettled: IsSettled },
  ) {
    this.#learner = learner;
    this.#isSettled = isSettled;
    this.#merges = merges;
    this.#members = merges.into === undefined ? [...merges.members] : [];
    const ofMember = Map.groupBy(events, ({ stream }) => learnerOfStream(stream) ?? '');
    this.#erased = new Set(this.#members.filter((member) => isErased(ofMember.get(member) ?? [])));
    this.#united = { members: this.#members.map((one) => ({ learner: one, revision: -1, alias: '' })), placed: this.#placed };
  }

  parts(events: readonly RecordedEvent[]): FileParts {
    const { into } = this.#merges;
    let own = -1;
    const folded = events.flatMap((stored) => {
      const learner = learnerOfStream(stored.stream) ?? '';
      if (learner === this.#learner) own = stored.revision;
      const place = learner === this.#learner ? stored.revision : this.#place(learner, stored, own);
      return this.#erased.has(learner) ? [] : [{ stored, as: this.#as(learner, stored, place) }];
    });
    return {
      events: folded,
      ...(into === undefined ? {} : { resting: { into } }),
      ...(this.#members.length === 0 ? {} : { united: this.#united }),
    };
  }

  #place(learner: LearnerId, { revision }: RecordedEvent, own: Revision): Revision {
    const place = placeFor(this.#united, own);
    const member = this.#members.indexOf(learner);
    this.#placed.push({ member, place });
    const members = this.#united.members.map((one) => (one.learner === learner ? { ...one, revision } : one));
    this.#united = { members, placed: this.#placed };
    return place;
  }

  #as(learner: LearnerId, { position, revision: at }: RecordedEvent, place: Revision): FoldedAs {
    const then = this.#merges.membersAt(position);
    const isOwn = learner === this.#learner;
    const parted = (isOwn && this.#merges.wasMergedAt(position)) || [...then].some((one) => !this.#members.includes(one));
    const anew = parted || !(isOwn || then.has(learner));
    const isSettled = parted && this.#isSettled(learner, at);
    return { place, anew, parted, isSettled, placeOf: (revision) => placeIn(this.#learner, this.#united, { learner, revision }) };
  }
}
