// Items in the plain, so that reading again need not open again; what a key that is no more has opened is never among them. Of learners
// who were asked about just now as objects, of others packed.
import { LRUCache } from 'lru-cache';
import type { CloudEvent } from '#catalogue';
import { oneCopy } from '#contribution';
import type { RecordedEvent } from '#event-store';
import { InUse, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import type { JustRecorded } from '#learner-file';
import type { Vault } from '#privacy';
import type { Opened } from './answer-item.ts';
import { type Kept, PackedItems } from './packed-items.ts';

interface Items extends Map<Revision, Kept> {
  /** They are packed as they are now. */
  packed?: boolean;
}

/** As measured: of what is sealed so much is not kept, such as the evidence; what is kept takes so much beside its text. */
const NOT_KEPT_BYTES = 700;
const ITEM_BYTES = 300;
const LEARNER_BYTES = 400;
/** Of the memory that is given for items, what is for those that are packed: a learner's take a fourth there. */
const PACKED = 3 / 4;
/** For what is opened to be folded: of the most learners that a page may be about. */
const LATELY_BYTES = 24 * 2 ** 20;
/** For what was recorded just now: until it is on the feeds. */
const RECORDED_BYTES = 12 * 2 ** 20;

const NOTHING: ReadonlyMap<Revision, Kept> = new Map();

const bytesOf = (items: Items): number => {
  let bytes = LEARNER_BYTES;
  for (const item of items.values()) bytes += item.bytes;
  return bytes;
};

const keptOf = (position: Position, bytes: number, { type, source, time, data }: CloudEvent): Kept => ({
  // What makes up an answer: of the rest nothing need be kept.
  event: { type: oneCopy(type), source: oneCopy(source), time, data },
  position,
  day: londonDate(Date.parse(time)),
  bytes: ITEM_BYTES + bytes,
});

const openedOf = ({ position, payload }: RecordedEvent, event: CloudEvent): Kept =>
  keptOf(position, Math.max(0, payload.byteLength - NOT_KEPT_BYTES), event);

export class KeptItems {
  readonly #vault: Pick<Vault, 'erasureMark'>;
  readonly #inUse: InUse<LearnerId, Items>;
  readonly #packed: PackedItems;
  /** Opened to be folded: mostly to be shown next. */
  readonly #lately = new LRUCache<LearnerId, Items>({ maxSize: LATELY_BYTES, sizeCalculation: bytesOf });
  /** Mostly shown next, by themselves: for that all else that the learner has, which may be much, need not be unpacked and packed anew. */
  readonly #recorded = new LRUCache<LearnerId, Items>({ maxSize: RECORDED_BYTES, sizeCalculation: bytesOf });
  #mark: number;

  constructor(vault: Pick<Vault, 'erasureMark'>, bytes: number) {
    this.#vault = vault;
    this.#mark = vault.erasureMark();
    this.#packed = new PackedItems(bytes * PACKED);
    this.#inUse = new InUse({ bytes: bytes * (1 - PACKED), sizeOf: bytesOf }, (items, learner) => this.#pack(learner, items));
  }

  /** Of these revisions those that need not be opened. */
  of(learner: LearnerId, revisions: readonly Revision[]): ReadonlyMap<Revision, Opened> {
    this.#forgetErased();
    const recorded = this.#recorded.get(learner) ?? NOTHING;
    if (revisions.every((revision) => recorded.has(revision))) return recorded;
    const items = this.#of(learner);
    const lately = this.#lately.get(learner) ?? NOTHING;
    const opened = revisions.flatMap((revision) => {
      const item = items.has(revision) ? undefined : lately.get(revision);
      return item ? [[revision, item] as const] : [];
    });
    this.#lately.delete(learner);
    this.#recorded.delete(learner);
    return this.#with(learner, items, [...recorded, ...opened]);
  }

  /** To be called in the turn in which they were opened. */
  keep(learner: LearnerId, opened: readonly (readonly [RecordedEvent, CloudEvent])[]): Map<Revision, Opened> {
    return this.#with(
      learner,
      this.#of(learner),
      opened.map(([stored, event]) => [stored.revision, openedOf(stored, event)]),
    );
  }

  /** An event was opened to be folded. To be called in that turn. */
  note(learner: LearnerId, stored: RecordedEvent, event: CloudEvent): void {
    this.#forgetErased();
    const items: Items = this.#lately.get(learner) ?? new Map<Revision, Kept>();
    this.#lately.set(learner, items.set(stored.revision, openedOf(stored, event)));
  }

  /** It was sealed here, and stands in the log: mostly it is to be shown next. Not where a key may have been destroyed since. */
  noteRecorded(learner: LearnerId, { revision, position, bytes, event, mark }: JustRecorded): void {
    this.#forgetErased();
    if (mark !== this.#mark) return;
    const items: Items = this.#recorded.get(learner) ?? new Map<Revision, Kept>();
    this.#recorded.set(learner, items.set(revision, keptOf(position, bytes, event)));
  }

  #of(learner: LearnerId): Items {
    return this.#inUse.get(learner) ?? this.#unpacked(learner) ?? new Map<Revision, Kept>();
  }

  #unpacked(learner: LearnerId): Items | undefined {
    const items: Items | undefined = this.#packed.get(learner);
    if (items === undefined) return undefined;
    items.packed = true;
    this.#inUse.set(learner, items);
    return items;
  }

  #with(learner: LearnerId, items: Items, opened: readonly (readonly [Revision, Kept])[]): Items {
    if (opened.length === 0) return items;
    for (const [revision, item] of opened) items.set(revision, item);
    items.packed = false;
    this.#inUse.set(learner, items);
    return items;
  }

  #pack(learner: LearnerId, items: Items): void {
    if (!items.packed || !this.#packed.has(learner)) this.#packed.put(learner, items);
  }

  /** What was opened under a key that is no more must not be shown from memory. */
  #forgetErased(): void {
    const mark = this.#vault.erasureMark();
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#inUse.clear();
    this.#packed.clear();
    this.#lately.clear();
    this.#recorded.clear();
  }
}
