// What the log holds: which ids, which streams, and where each stream's events stand. Of the last events it is in memory; of all before
// them the directory tells. All of it derives from the log.
import type { Position, Revision } from '#kernel';
import { UUID_BYTES, writeUuid } from '../record-form.ts';
import { hashesOf, streamKey } from './directory-form.ts';
import { type Directory, idEntry, type KeyEntry } from './directory.ts';

/** An event id is four words of its bytes, at an offset of an array; beside its text. */
export const ID_WORDS = 4;

export interface EventId {
  readonly text: string;
  readonly words: Uint32Array;
  readonly at: number;
}

/** Of a stream: how many events it has among those that the directory tells of. */
interface InDirectory {
  readonly key: Uint32Array;
  readonly before: number;
}

interface RecentStream extends InDirectory {
  readonly name: string;
  readonly positions: Position[];
}

const words = new Uint32Array(ID_WORDS);
const bytes = new Uint8Array(words.buffer, 0, UUID_BYTES);

// Ends of streams for which the directory was asked, in a table of numbers: of two streams that meet in one place the last is kept.

const PLACE_BITS = 17;
const ENTRY_WORDS = ID_WORDS + 1;

class KeptEnds {
  readonly #entries = new Uint32Array(ENTRY_WORDS * 2 ** PLACE_BITS);

  /** How many events the stream has; undefined where that is not kept. */
  countOf(key: Uint32Array): number | undefined {
    const at = placeOf(key);
    for (let word = 0; word < ID_WORDS; word++) if (this.#entries[at + word] !== key[word]) return undefined;
    const kept = this.#entries[at + ID_WORDS] as number;
    return kept === 0 ? undefined : kept - 1;
  }

  keep(key: Uint32Array, count: number): void {
    const at = placeOf(key);
    this.#entries.set(key, at);
    this.#entries[at + ID_WORDS] = count + 1;
  }

  clear(): void {
    this.#entries.fill(0);
  }
}

const placeOf = (key: Uint32Array): number => ENTRY_WORDS * (hashesOf(key, 0).bucket >>> (32 - PLACE_BITS));

export class LogIndex {
  readonly #directory: Directory;
  /** Of the last events, and of those to come whose ids are claimed. */
  readonly #ids = new Map<string, Position>();
  readonly #streams = new Map<string, RecentStream>();
  /** By position, from the first that the directory does not tell of. */
  readonly #recent: { readonly id: string; readonly stream: RecentStream }[] = [];
  readonly #claimed: string[] = [];
  readonly #ends = new KeptEnds();
  #base: Position;

  constructor(directory: Directory) {
    this.#directory = directory;
    this.#base = directory.last;
  }

  /** Of the last event. */
  get position(): Position {
    return this.#base + this.#recent.length;
  }

  /** How many events the directory does not tell of. */
  get recent(): number {
    return this.#recent.length;
  }

  /** Where the event stands that has this id; 0: it is not stored. */
  find({ text, words, at }: EventId): Position {
    return this.#ids.get(text) ?? this.#directory.find(words, at);
  }

  /** Of the stream's last event; -1 where it has none. */
  revisionOf(stream: string): Revision {
    const recent = this.#streams.get(stream);
    return recent ? recent.before + recent.positions.length - 1 : this.#endOf(stream).before - 1;
  }

  /** Enters the id for the next event to come. False where it is stored, or entered already. */
  claim(id: EventId): boolean {
    if (this.find(id) > 0) return false;
    this.#claimed.push(id.text);
    this.#ids.set(id.text, this.position + this.#claimed.length);
    return true;
  }

  /** The next event of the log, whose id has been claimed. */
  add(stream: string): Position {
    const id = this.#claimed.shift();
    if (id === undefined) throw new TypeError('An event is added whose id was not claimed.');
    const recent = this.#streams.get(stream) ?? this.#enter(stream);
    this.#recent.push({ id, stream: recent });
    recent.positions.push(this.position);
    return this.position;
  }

  /** Gives up the ids that were claimed for events which do not come. */
  release(): void {
    for (const id of this.#claimed.splice(0)) this.#ids.delete(id);
  }

  /** Forgets every event after a position: they could not be committed. The directory tells of none of them. */
  truncate(position: Position): void {
    while (this.position > position) {
      const { id, stream } = this.#recent.pop() as { readonly id: string; readonly stream: RecentStream };
      this.#ids.delete(id);
      stream.positions.pop();
      if (stream.positions.length === 0) this.#streams.delete(stream.name);
    }
    this.release();
  }

  /** Positions of a stream's events with revisions from `from` to `to`, inclusive, in their order. */
  positions(stream: string, from: Revision, to: Revision): Position[] {
    const recent = this.#streams.get(stream);
    const { key, before } = recent ?? this.#endOf(stream);
    const first = Math.max(from, 0);
    const told = first < before && to >= first ? this.#directory.positions(key, first, Math.min(to, before - 1)) : [];
    const late = recent?.positions.slice(Math.max(0, first - before), Math.max(0, to + 1 - before)) ?? [];
    return told.concat(late);
  }

  /** What the directory is to tell from now on; each is good until the next. */
  *entries(): Generator<KeyEntry> {
    for (const [place, { id }] of this.#recent.entries()) {
      writeUuid(id, bytes, 0);
      yield idEntry(words, this.#base + place + 1);
    }
    yield* this.#streams.values();
  }

  /** Forgets all that the directory tells of by now; `position` goes on from there. `isAll`: it tells of what was in memory alone. */
  rest(isAll: boolean): void {
    this.#base = this.#directory.last;
    if (isAll) for (const { key, before, positions } of this.#streams.values()) this.#ends.keep(key, before + positions.length);
    else this.#ends.clear();
    this.#ids.clear();
    this.#streams.clear();
    this.#recent.length = 0;
    this.#claimed.length = 0;
  }

  #enter(name: string): RecentStream {
    const { key, before } = this.#endOf(name);
    const recent: RecentStream = { key, before, name, positions: [] };
    this.#streams.set(name, recent);
    return recent;
  }

  #endOf(stream: string): InDirectory {
    const key = streamKey(stream);
    const kept = this.#ends.countOf(key);
    if (kept !== undefined) return { key, before: kept };
    const before = this.#directory.countOf(key);
    this.#ends.keep(key, before);
    return { key, before };
  }
}

// Finds an event by the text of its id.

/** Where the event stands; 0: it is not stored. Throws `TypeError` where the id is no UUID. */
export const positionOf = (index: LogIndex, id: string): Position => {
  if (!writeUuid(id, bytes, 0)) throw new TypeError('An event id that is no UUID in lower case.');
  return index.find({ text: id, words, at: 0 });
};
