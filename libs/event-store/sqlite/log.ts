// The log as one process sees it: its file, and the index of what the file holds. Every method is synchronous, and throws
// `RangeError` where the file holds what was never written.
import type { Clock, Instant, Position } from '#kernel';
import { HASH_BYTES } from '#transparency';
import type { RecordedEvent, StreamWrite } from '../event-store.ts';
import { ID_AT, recordedAtIn, streamIn, UUID_BYTES } from '../record-form.ts';
import type { LogFile } from './log-file.ts';
import { addSpan, BlockWriter, entriesOf, type Entry, intact, SPAN_EVENTS, spanAfter } from './block.ts';
import type { AppendIds } from './append-check.ts';
import { ID_WORDS } from './id-table.ts';
import { LogIndex, UNKNOWN_STREAM } from './log-index.ts';

// How many changes of each file beside it the log counts on: noted in its own commits, so that an older copy of a file shows (ADR 0019).

class Companions {
  readonly #file: LogFile;
  readonly #changes = new Map<string, () => number>();
  /** What is noted, by file; and what the transaction under way notes. */
  #noted: ReadonlyMap<string, number>;
  #noting: ReadonlyMap<string, number> = new Map();

  constructor(file: LogFile) {
    this.#file = file;
    this.#noted = file.companions();
  }

  get areAny(): boolean {
    return this.#changes.size > 0;
  }

  add(file: string, changes: () => number): void {
    this.#changes.set(file, changes);
  }

  countedOn(file: string): number {
    return this.#file.companions().get(file) ?? 0;
  }

  outcount(file: string): void {
    this.#file.noteCompanion(file, this.countedOn(file) + 1);
  }

  /** By file, the changes that are not noted yet. */
  unnoted(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [file, changes] of this.#changes) {
      const count = changes();
      if (count > (this.#noted.get(file) ?? 0)) found.set(file, count);
    }
    return found;
  }

  /** Within a transaction; by default what is not noted yet. */
  note(changes = this.unnoted()): void {
    this.#noting = changes;
    for (const [file, count] of changes) this.#file.noteCompanion(file, count);
  }

  /** The transaction is on disk. */
  noted(): void {
    if (this.#noting.size > 0) this.#noted = new Map([...this.#noted, ...this.#noting]);
  }
}

const idWords = new Uint32Array(ID_WORDS);
const idBytes = new Uint8Array(idWords.buffer);

/** The id in a form; the words are good until the next call. */
const idIn = (form: Buffer): Uint32Array => {
  idBytes.set(form.subarray(ID_AT, ID_AT + UUID_BYTES));
  return idWords;
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
  readonly index = new LogIndex();
  readonly companions: Companions;
  readonly #file: LogFile;
  readonly #clock: Clock;
  readonly #writer = new BlockWriter();
  #recordedAt: Instant = 0;
  #lastFirst: Position = UNREAD;
  #leaf = NO_LEAF;
  /** Where the directory ended when this process last looked. */
  #spanned: Position = 0;

  constructor(file: LogFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.companions = new Companions(file);
    for (const span of file.spans()) addSpan(this.index, span);
    this.#spanned = this.index.position;
    this.refresh();
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

  /** Takes in what other processes have appended; true where there was anything. */
  refresh(): boolean {
    const lastFirst = this.#file.lastFirst();
    if (lastFirst === this.#lastFirst) return false;
    let met: Position = 0;
    for (const block of this.#file.blocksFrom(this.position + 1)) {
      for (const entry of entriesOf(block)) {
        this.#meet(intact(entry));
        met = entry.position;
      }
    }
    if (met < this.position) throw new RangeError('Its directory names events that it lacks.');
    this.#lastFirst = lastFirst;
    return true;
  }

  #meet({ position, form, leaf }: Entry): void {
    const known = position <= this.position;
    if (known && this.index.find(idIn(form)) !== position) throw new RangeError('Its directory names other events than it has.');
    if (position > this.position + 1) throw new RangeError(`The events from position ${this.position + 1} are missing.`);
    this.#recordedAt = recordedAtIn(form);
    this.#leaf = Uint8Array.from(leaf);
    if (known) return;
    if (!this.index.claim(idIn(form))) throw new RangeError(`The event at position ${position} has the id of another.`);
    const stream = streamIn(form);
    const number = this.index.numberOf(stream);
    this.index.add(number === UNKNOWN_STREAM ? this.index.enter(stream) : number);
  }

  /**
   * Runs `work`, which may append, as one transaction on the log as it stands, with other processes' events taken in.
   * When it returns, all is on disk; when it throws, nothing is, and the index is as before. What it appends is recorded now, or at `from`
   * where it was recorded elsewhere.
   */
  transaction<T>(work: () => T, from: Instant = this.#clock.now()): T {
    let before: End | undefined;
    try {
      return this.#file.transaction(() => {
        this.refresh();
        before = { position: this.position, recordedAt: this.#recordedAt, lastFirst: this.#lastFirst, leaf: this.#leaf };
        this.#recordedAt = Math.max(this.#recordedAt, from);
        this.#writer.reset();
        const done = work();
        this.#closeBlock();
        this.#extendDirectory();
        // The time moves only with events.
        if (this.position === before.position) this.#recordedAt = before.recordedAt;
        return done;
      });
    } catch (cause) {
      if (before) this.#goBackTo(before);
      throw cause;
    }
  }

  /** Appends, within a transaction, to the ends of the streams; `ids` are those of the writes, and claimed. Gives the positions. */
  append(writes: readonly StreamWrite[], ids: AppendIds): Position[] {
    const positions: Position[] = [];
    for (const { stream, events } of writes) {
      let number = this.index.numberOf(stream);
      for (const event of events) {
        const revision = this.index.revisionOf(number) + 1;
        if (!this.#writer.hasRoomFor(event, stream)) this.#closeBlock();
        this.#writer.add(event, { stream, revision, recordedAt: this.#recordedAt }, ids, positions.length);
        if (number === UNKNOWN_STREAM) number = this.index.enter(stream);
        positions.push(this.index.add(number));
      }
    }
    return positions;
  }

  /** Appends, within a transaction, the next event as it was recorded elsewhere. Throws `RangeError` where it is not the next. */
  replay(event: RecordedEvent, ids: AppendIds): void {
    const writes = [{ stream: event.stream, expected: 'any' as const, events: [event] }];
    const next = { position: this.position + 1, revision: this.index.revisionOf(this.index.numberOf(event.stream)) + 1 };
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

  #extendDirectory(): void {
    if (this.position - this.#spanned < SPAN_EVENTS) return;
    this.#spanned = this.#file.lastSpan(); // another process may have been faster
    if (this.position - this.#spanned < SPAN_EVENTS) return;
    this.#file.addSpan(spanAfter(this.#spanned, this.index));
    this.#spanned = this.position;
  }

  #goBackTo({ position, recordedAt, lastFirst, leaf }: End): void {
    this.index.truncate(position);
    this.#recordedAt = recordedAt;
    this.#lastFirst = lastFirst;
    this.#leaf = leaf;
    this.#spanned = Math.min(this.#spanned, position);
  }
}
