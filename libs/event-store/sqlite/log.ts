// The log as one process sees it: its file, and the index of what the file holds. Every method is synchronous, and throws
// `RangeError` where the file holds what was never written.
import type { Clock, Instant, Position } from '#kernel';
import { HASH_BYTES } from '#transparency';
import type { RecordedEvent, StreamWrite } from '../event-store.ts';
import { ID_AT, readUuid, recordedAtIn, streamIn, UUID_BYTES } from '../record-form.ts';
import { Companions, type LogFile } from './log-file.ts';
import { BlockWriter, entriesOf, type Entry, intact } from './block.ts';
import type { AppendIds } from './append-check.ts';
import { IndexKeeper, RECENT_EVENTS } from './index-keeper.ts';
import { type EventId, ID_WORDS, type LogIndex } from './log-index.ts';

const idWords = new Uint32Array(ID_WORDS);
const idBytes = new Uint8Array(idWords.buffer);

/** The id in a form; good until the next call. */
const idIn = (form: Buffer): EventId => {
  idBytes.set(form.subarray(ID_AT, ID_AT + UUID_BYTES));
  return { text: readUuid(form, ID_AT), words: idWords, at: 0 };
};

const UNREAD = -1;
const NO_LEAF: Uint8Array = new Uint8Array();

/** What changes as events come in, beside the index. */
interface End {
  readonly position: Position;
  /** Time of the last event. */
  readonly recordedAt: Instant;
  /** First position of the last block. */
  readonly lastFirst: Position;
  readonly leaf: Uint8Array;
}

export class Log {
  readonly companions: Companions;
  readonly #file: LogFile;
  readonly #clock: Clock;
  readonly #keeper: IndexKeeper;
  readonly #writer = new BlockWriter();
  #recordedAt: Instant = 0;
  #lastFirst: Position = UNREAD;
  #leaf = NO_LEAF;
  /** Of the file, when this process last looked. */
  #version = UNREAD;

  constructor(file: LogFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.companions = new Companions(file);
    this.#keeper = new IndexKeeper(file);
    file.waiting(() =>
      this.#withSoundDirectory(() => {
        this.refresh();
        this.#checkDirectory();
      }),
    );
  }

  get index(): LogIndex {
    return this.#keeper.index;
  }

  /** Of the last event. */
  get position(): Position {
    return this.index.position;
  }

  /** When an event that is appended now is recorded: never before the last one. */
  get now(): Instant {
    return Math.max(this.#recordedAt, this.#clock.now());
  }

  /** Leaf hash of the last event; empty where there is none. */
  get leaf(): Uint8Array {
    return this.#leaf;
  }

  /** Takes in what other processes have appended, and brings the directory up to it where that is far behind. */
  refresh(): void {
    if (this.#keeper.isDamaged) {
      this.#keeper.begin();
      this.#lookAnew();
    }
    while (!this.#takeIn(RECENT_EVENTS)) this.#keeper.bringUp();
  }

  /** Runs `look`, which only reads, on the log as it stands at one moment. */
  looking<T>(look: () => T): T {
    return this.#withSoundDirectory(() => {
      this.refresh();
      return this.#file.looking(() => {
        this.#takeIn();
        return look();
      });
    });
  }

  /** Where the directory turns out not to be what was written, it is made anew, and `ask` runs once more. */
  #withSoundDirectory<T>(ask: () => T): T {
    try {
      return ask();
    } catch (cause) {
      if (!this.#keeper.isDamaged) throw cause;
    }
    this.refresh();
    return ask();
  }

  /** False where it stopped since there are so many recent events. */
  #takeIn(most = Infinity): boolean {
    const version = this.#file.version();
    if (version === this.#version) return true;
    if (this.#keeper.takeIn()) this.#lastFirst = UNREAD;
    const lastFirst = this.#file.lastFirst();
    if (lastFirst !== this.#lastFirst && !this.#meetAll(most)) return false;
    this.#lastFirst = lastFirst;
    this.#version = version;
    return true;
  }

  #lookAnew(): void {
    this.#lastFirst = UNREAD;
    this.#version = UNREAD;
  }

  #meetAll(most: number): boolean {
    let met: Position = 0;
    for (const block of this.#file.blocksFrom(this.position + 1)) {
      for (const entry of entriesOf(block)) {
        this.#meet(intact(entry));
        met = entry.position;
      }
      if (this.index.recent >= most) return false;
    }
    if (met < this.position) throw new RangeError('Its directory names events that it lacks.');
    return true;
  }

  /** That it tells of this log. */
  #checkDirectory(): void {
    const { told } = this.#keeper;
    const block = told > 0 ? this.#file.blockHolding(told) : undefined;
    const entry = block && [...entriesOf(block)].find(({ position }) => position === told);
    if (told > 0 && (!entry || this.index.find(idIn(intact(entry).form)) !== told))
      throw new RangeError('Its directory names events that it lacks.');
  }

  #meet({ position, form, leaf }: Entry): void {
    const known = position <= this.position;
    if (known && this.index.find(idIn(form)) !== position) throw new RangeError('Its directory names other events than it has.');
    if (position > this.position + 1) throw new RangeError(`The events from position ${this.position + 1} are missing.`);
    this.#recordedAt = recordedAtIn(form);
    this.#leaf = Uint8Array.from(leaf);
    if (known) return;
    if (!this.index.claim(idIn(form))) throw new RangeError(`The event at position ${position} has the id of another.`);
    this.index.add(streamIn(form));
  }

  /**
   * Runs `work`, which may append and may have to run twice, as one transaction on the log as it stands, with other processes' events
   * taken in. When it returns, all is on disk; when it throws, nothing is, and the index is as before. What it appends is recorded now, or
   * at `from` where it was recorded elsewhere.
   */
  transaction<T>(work: () => T, from: Instant = this.#clock.now()): T {
    return this.#withSoundDirectory(() => this.#transaction(work, from));
  }

  #transaction<T>(work: () => T, from: Instant): T {
    let before: End | undefined;
    try {
      const done = this.#file.transaction(() => {
        this.#takeIn();
        before = { position: this.position, recordedAt: this.#recordedAt, lastFirst: this.#lastFirst, leaf: this.#leaf };
        this.#recordedAt = Math.max(this.#recordedAt, from);
        this.#writer.reset();
        const worked = work();
        this.#closeBlock();
        this.#keeper.extend(this.position - before.position);
        // The time moves only with events.
        if (this.position === before.position) this.#recordedAt = before.recordedAt;
        return worked;
      });
      this.#keeper.rest();
      return done;
    } catch (cause) {
      if (before) this.#goBackTo(before);
      throw cause;
    }
  }

  /** Appends, within a transaction, to the ends of the streams; `ids` are those of the writes, and claimed. Gives the positions. */
  append(writes: readonly StreamWrite[], ids: AppendIds): Position[] {
    const positions: Position[] = [];
    for (const { stream, events } of writes) {
      for (const event of events) {
        if (!this.#writer.hasRoomFor(event, stream)) this.#closeBlock();
        const place = { stream, revision: this.index.revisionOf(stream) + 1, recordedAt: this.#recordedAt };
        this.#writer.add(event, place, ids, positions.length);
        positions.push(this.index.add(stream));
      }
    }
    return positions;
  }

  /** Appends, within a transaction, the next event as it was recorded elsewhere. Throws `RangeError` where it is not the next. */
  replay(event: RecordedEvent, ids: AppendIds): void {
    const writes = [{ stream: event.stream, expected: 'any' as const, events: [event] }];
    const next = { position: this.position + 1, revision: this.index.revisionOf(event.stream) + 1 };
    if (event.position !== next.position || event.revision !== next.revision) throw new RangeError('It is not the next event.');
    if (event.recordedAt < this.#recordedAt) throw new RangeError('It is older than the event before it.');
    if (!ids.load(writes) || !ids.claim(this.index)) throw new RangeError('Its id is another event’s.');
    this.#recordedAt = event.recordedAt;
    this.append(writes, ids);
  }

  #closeBlock(): void {
    if (this.#writer.isEmpty) return;
    const first = this.position - this.#writer.count + 1;
    const bytes = this.#writer.take();
    this.#file.addBlock(first, bytes);
    this.#leaf = Uint8Array.from(bytes.subarray(-HASH_BYTES));
    this.#lastFirst = first;
  }

  #goBackTo({ position, recordedAt, lastFirst, leaf }: End): void {
    this.index.truncate(position);
    this.#recordedAt = recordedAt;
    this.#lastFirst = lastFirst;
    this.#leaf = leaf;
    this.#keeper.forget();
    this.#version = UNREAD;
  }
}
