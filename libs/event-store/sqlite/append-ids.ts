// The ids of one append as the index compares them: parsed once, in memory that every append uses again.
import type { Position } from '#kernel';
import type { NewEvent, StreamWrite } from '../event-store.ts';
import { writeUuid } from '../uuid-bytes.ts';
import { ID_WORDS } from './id-table.ts';
import type { LogIndex } from './log-index.ts';

const ID_BYTES = 4 * ID_WORDS;

export class AppendIds {
  #bytes = new Uint8Array(1024 * ID_BYTES);
  words = new Uint32Array(this.#bytes.buffer);
  count = 0;

  /** False where one of the ids is no UUID. */
  load(writes: readonly StreamWrite[]): boolean {
    this.count = 0;
    for (const { events } of writes) for (const { id } of events) if (!this.#add(id)) return false;
    return true;
  }

  /** Where the event stands whose id was loaded so manieth; 0: it is not stored. */
  find(index: LogIndex, event: number): Position {
    return index.find(this.words, event * ID_WORDS);
  }

  #add(id: NewEvent['id']): boolean {
    const at = this.count * ID_BYTES;
    if (at === this.#bytes.byteLength) this.#grow();
    this.count += 1;
    return writeUuid(id, this.#bytes, at);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.byteLength);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.words = new Uint32Array(larger.buffer);
  }
}
