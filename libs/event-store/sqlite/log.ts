// The log as one process sees it: its file, and the index of what the file holds. Every method is synchronous, and throws
// `RangeError` where the file holds what was never written.
import type { Clock, Instant, Position } from '#kernel';
import type { NewEvent } from '../event-store.ts';
import { ID_AT, recordedAtIn, streamIn } from '../record-form.ts';
import { UUID_BYTES } from '../uuid-bytes.ts';
import { BlockWriter, entriesOf, type Entry, intact } from './block.ts';
import { addSpan, SPAN_EVENTS, spanAfter } from './directory.ts';
import { ID_WORDS, type IdWords } from './id-table.ts';
import type { LogFile } from './log-file.ts';
import { LogIndex } from './log-index.ts';

const idWords: IdWords = new Uint32Array(ID_WORDS);
const idBytes = new Uint8Array(idWords.buffer);

/** The id in a form; the words are good until the next call. */
const idIn = (form: Buffer): IdWords => {
  for (let byte = 0; byte < UUID_BYTES; byte++) idBytes[byte] = form[ID_AT + byte] as number;
  return idWords;
};

const UNREAD = -1;

/** What changes as events come in, beside the index. */
interface End {
  readonly position: Position;
  /** Time of the last event. */
  readonly recordedAt: Instant;
  /** First position of the last block. */
  readonly lastFirst: Position;
}

export class Log {
  readonly index = new LogIndex();
  readonly #file: LogFile;
  readonly #clock: Clock;
  readonly #writer = new BlockWriter();
  #blockFirst: Position = 0;
  #recordedAt: Instant = 0;
  #lastFirst: Position = UNREAD;
  /** Where the directory ended when this process last looked. */
  #spanned: Position = 0;

  constructor(file: LogFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    for (const span of file.spans()) addSpan(this.index, span);
    this.#spanned = this.index.position;
    this.refresh();
  }

  /** Of the last event. */
  get position(): Position {
    return this.index.position;
  }

  /** Takes in what other processes have appended; true where there was anything. */
  refresh(): boolean {
    const lastFirst = this.#file.lastFirst();
    if (lastFirst === this.#lastFirst) return false;
    let met: Position = 0;
    for (const block of this.#file.blocksFrom(this.position + 1)) {
      for (const entry of entriesOf(block)) this.#meet(intact(entry));
      this.#lastFirst = block.first;
      met = block.first;
    }
    if (met === 0 && this.position > 0) throw new RangeError('Its directory names events that it lacks.');
    if (met === 0) this.#lastFirst = lastFirst;
    return true;
  }

  #meet({ position, form }: Entry): void {
    const known = position <= this.position;
    if (known && this.index.find(idIn(form)) !== position) throw new RangeError('Its directory names other events than it has.');
    if (position > this.position + 1) throw new RangeError(`The events from position ${this.position + 1} are missing.`);
    this.#recordedAt = recordedAtIn(form);
    if (!known) this.index.add(idIn(form), this.index.enter(streamIn(form)));
  }

  /**
   * Runs `work`, which may append, as one transaction on the log as it stands, with other processes' events taken in.
   * When it returns, all is on disk; when it throws, nothing is, and the index is as before.
   */
  transaction<T>(work: () => T): T {
    let before: End | undefined;
    try {
      return this.#file.transaction(() => {
        this.refresh();
        before = { position: this.position, recordedAt: this.#recordedAt, lastFirst: this.#lastFirst };
        this.#recordedAt = Math.max(this.#recordedAt, this.#clock.now());
        const outcome = work();
        this.#closeBlock();
        this.#extendDirectory();
        // The time moves only with events.
        if (this.position === before.position) this.#recordedAt = before.recordedAt;
        return outcome;
      });
    } catch (cause) {
      if (before) this.#goBackTo(before);
      throw cause;
    }
  }

  /** Appends to the end of a stream, within a transaction. */
  append(event: NewEvent, stream: string): Position {
    const revision = this.index.revisionOf(stream) + 1;
    const form = this.#writer.add(event, { stream, revision, recordedAt: this.#recordedAt });
    const position = this.index.add(idIn(form), this.index.enter(stream));
    if (this.#blockFirst === 0) this.#blockFirst = position;
    if (this.#writer.isFull) this.#closeBlock();
    return position;
  }

  #closeBlock(): void {
    if (this.#blockFirst === 0) return;
    this.#file.addBlock(this.#blockFirst, this.#writer.take());
    this.#lastFirst = this.#blockFirst;
    this.#blockFirst = 0;
  }

  #extendDirectory(): void {
    if (this.position - this.#spanned < SPAN_EVENTS) return;
    this.#spanned = this.#file.lastSpan(); // another process may have been faster
    if (this.position - this.#spanned < SPAN_EVENTS) return;
    this.#file.addSpan(spanAfter(this.#spanned, this.index));
    this.#spanned = this.position;
  }

  #goBackTo({ position, recordedAt, lastFirst }: End): void {
    this.index.truncate(position);
    this.#writer.take();
    this.#blockFirst = 0;
    this.#recordedAt = recordedAt;
    this.#lastFirst = lastFirst;
    this.#spanned = Math.min(this.#spanned, position);
  }
}
