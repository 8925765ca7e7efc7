// Items in the plain, so that reading again need not open again; what a key that is no more has opened is never among them.
import { LRUCache } from 'lru-cache';
import type { CloudEvent } from '#catalogue';
import { oneCopy } from '#contribution';
import type { RecordedEvent } from '#event-store';
import { type LearnerId, londonDate, type Revision } from '#kernel';
import type { Vault } from '#privacy';
import type { Opened } from './answer-item.ts';

interface Kept extends Opened {
  /** Of memory that it takes, about. */
  readonly bytes: number;
}

type Items = Map<Revision, Kept>;

/** As measured: of what is sealed so much is not kept, such as the evidence; what is kept takes so much beside its text. */
const NOT_KEPT_BYTES = 700;
const ITEM_BYTES = 300;
const LEARNER_BYTES = 400;
/** For what is opened to be folded: of the most learners that a page may be about. */
const LATELY_BYTES = 24 * 2 ** 20;

const bytesOf = (items: Items): number => {
  let bytes = LEARNER_BYTES;
  for (const item of items.values()) bytes += item.bytes;
  return bytes;
};

const sized = (bytes: number): LRUCache<LearnerId, Items> => new LRUCache({ maxSize: bytes, sizeCalculation: bytesOf });

const keptOf = ({ position, payload }: RecordedEvent, { type, source, time, data }: CloudEvent): Kept => ({
  // What makes up an answer: of the rest nothing need be kept.
  event: { type: oneCopy(type), source: oneCopy(source), time, data },
  position,
  day: londonDate(Date.parse(time)),
  bytes: ITEM_BYTES + Math.max(0, payload.byteLength - NOT_KEPT_BYTES),
});

export class KeptItems {
  readonly #vault: Pick<Vault, 'erasureMark'>;
  readonly #kept: LRUCache<LearnerId, Items>;
  /** Opened to be folded: mostly to be shown next. */
  readonly #lately = sized(LATELY_BYTES);
  #mark: number;

  constructor(vault: Pick<Vault, 'erasureMark'>, bytes: number) {
    this.#vault = vault;
    this.#mark = vault.erasureMark();
    this.#kept = sized(bytes);
  }

  /** Of these revisions those that need not be opened. */
  of(learner: LearnerId, revisions: readonly Revision[]): Map<Revision, Opened> {
    this.#forgetErased();
    const items = this.#kept.get(learner) ?? new Map<Revision, Kept>();
    const lately = this.#lately.get(learner);
    if (lately === undefined) return items;
    const opened = revisions.flatMap((revision) => {
      const item = items.has(revision) ? undefined : lately.get(revision);
      return item ? [[revision, item] as const] : [];
    });
    this.#lately.delete(learner);
    return this.#with(learner, items, opened);
  }

  /** To be called in the turn in which they were opened. */
  keep(learner: LearnerId, opened: readonly (readonly [RecordedEvent, CloudEvent])[]): Map<Revision, Opened> {
    const items = this.#kept.get(learner) ?? new Map<Revision, Kept>();
    return this.#with(
      learner,
      items,
      opened.map(([stored, event]) => [stored.revision, keptOf(stored, event)]),
    );
  }

  /** An event was opened to be folded. To be called in that turn. */
  note(learner: LearnerId, stored: RecordedEvent, event: CloudEvent): void {
    this.#forgetErased();
    const items = this.#lately.get(learner) ?? new Map<Revision, Kept>();
    this.#lately.set(learner, items.set(stored.revision, keptOf(stored, event)));
  }

  #with(learner: LearnerId, items: Items, opened: readonly (readonly [Revision, Kept])[]): Items {
    for (const [revision, item] of opened) items.set(revision, item);
    if (opened.length > 0) this.#kept.set(learner, items);
    return items;
  }

  /** What was opened under a key that is no more must not be shown from memory. */
  #forgetErased(): void {
    const mark = this.#vault.erasureMark();
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#kept.clear();
    this.#lately.clear();
  }
}
