// The ids of one append as the index compares them: parsed once, in memory that every append uses again.
import type { Position } from '#kernel';
import type { NewEvent, StreamWrite } from '../event-store.ts';
import { writeUuid } from '../uuid-bytes.ts';
import { ID_WORDS } from './id-table.ts';
import type { LogIndex } from './log-index.ts';

const ID_BYTES = 4 * ID_WORDS;

const wordsOf = ({ buffer, byteOffset, byteLength }: Buffer): Uint32Array => new Uint32Array(buffer, byteOffset, byteLength / 4);

export class AppendIds {
  #bytes = Buffer.alloc(1024 * ID_BYTES);
  #words = wordsOf(this.#bytes);
  count = 0;

  /** False where one of the ids is no UUID. */
  load(writes: readonly StreamWrite[]): boolean {
    this.count = 0;
    for (const { events } of writes) for (const { id } of events) if (!this.#add(id)) return false;
    return true;
  }

  /** Where the event stands whose id was loaded so manieth; 0: it is not stored. */
  find(index: LogIndex, event: number): Position {
    return index.find(this.#words, event * ID_WORDS);
  }

  /** Enters all of them for the events to come; or none, where one of them is stored or named twice. */
  claim(index: LogIndex): boolean {
    for (let event = 0; event < this.count; event++) {
      if (index.claim(this.#words, event * ID_WORDS)) continue;
      index.release();
      return false;
    }
    return true;
  }

  /** Writes the bytes of one at `at`. */
  write(event: number, into: Buffer, at: number): void {
    for (let byte = 0; byte < ID_BYTES; byte++) into[at + byte] = this.#bytes[event * ID_BYTES + byte] as number;
  }

  #add(id: NewEvent['id']): boolean {
    const at = this.count * ID_BYTES;
    if (at === this.#bytes.byteLength) this.#grow();
    this.count += 1;
    return writeUuid(id, this.#bytes, at);
  }

  #grow(): void {
    const larger = Buffer.alloc(2 * this.#bytes.byteLength);
    this.#bytes.copy(larger);
    this.#bytes = larger;
    this.#words = wordsOf(larger);
  }
}
