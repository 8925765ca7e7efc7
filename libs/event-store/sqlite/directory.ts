// The directory of a log: which ids and streams it holds, and where, asked on disk (ADR 0037). A segment tells of a span of events. Eight
// of one level become one of the next, bucket by bucket, a little with each append: so a look-up asks few, and no append waits for long.
import type { Position, Revision } from '#kernel';
import {
  beforeIn,
  bucketIn,
  bucketOf,
  bucketsOf,
  BucketWriter,
  countIn,
  entriesIn,
  entriesOfKey,
  FAN,
  hashesOf,
  KeyFilter,
  OF_ID,
  positionIn,
  STEP,
} from './directory-form.ts';
import type { DirectoryTable, Segment } from './directory-table.ts';

interface FilteredSegment extends Segment {
  readonly filter: KeyFilter;
}

/** What becomes of segments of one level: `inputs` are drained into `output`. */
interface Merge {
  readonly inputs: readonly FilteredSegment[];
  readonly output: FilteredSegment;
}

export interface KeyEntry {
  readonly key: Uint32Array;
  /** Events that the stream has before, or `OF_ID`. */
  readonly before: number;
  readonly positions: readonly Position[];
}

/** A merge takes a step with so many events: it is over in half of the time that the next one takes to come. */
const EVENTS_A_STEP = 2048;

type Visit = (bucket: Uint32Array, entry: number) => 'go on' | 'enough';

export class Directory {
  readonly #table: DirectoryTable;
  readonly #writers = Array.from({ length: bucketsOf(0) }, () => new BucketWriter());
  #segments: readonly FilteredSegment[] = [];
  #damaged: Segment | undefined;

  constructor(table: DirectoryTable) {
    this.#table = table;
    this.load();
  }

  /** Position of the last event that it tells of. */
  get last(): Position {
    return this.#segments.at(-1)?.last ?? 0;
  }

  /** Something was found in it that was never written: it is to be made anew. */
  get isDamaged(): boolean {
    return this.#damaged !== undefined;
  }

  /** As it lies on disk. */
  load(): void {
    this.#damaged = undefined;
    this.#segments = this.#table.segments().map((segment) => ({ ...segment, filter: this.#filterOf(segment) }));
  }

  /** Takes in what another process made of it; false where it is as it was. */
  refresh(): boolean {
    const found = this.#table.segments();
    const same = found.length === this.#segments.length && found.every((segment, place) => isLike(segment, this.#segments[place]));
    if (!same) this.load();
    return !same;
  }

  /** What it became in a transaction that did not come to be: `refresh` has it as it is on disk. */
  forget(): void {
    this.#segments = [];
  }

  /** Within a transaction: it is to be made anew from the first event on, unless another process has seen to that. */
  clear(): void {
    const damaged = this.#damaged?.id;
    if (this.#table.segments().some(({ id }) => id === damaged)) this.#table.clear();
    this.load();
  }

  /** Where the event stands whose id is at an offset of these words; 0: it is not among those that it tells of. */
  find(id: Uint32Array, at: number): Position {
    let found: Position = 0;
    this.#visit(id, at, true, (bucket, entry) => {
      found = positionIn(bucket, entry, 0);
      return 'enough';
    });
    return found;
  }

  /** How many events a stream has among them. */
  countOf(stream: Uint32Array): number {
    let count = 0;
    this.#visit(stream, 0, false, (bucket, entry) => {
      count = beforeIn(bucket, entry) + countIn(bucket, entry);
      return 'enough';
    });
    return count;
  }

  /** Positions of a stream's events with revisions from `from` to `to`, inclusive, in their order. */
  positions(stream: Uint32Array, from: Revision, to: Revision): Position[] {
    const found: Position[] = [];
    this.#visit(stream, 0, false, (bucket, entry) => {
      const before = beforeIn(bucket, entry);
      for (let number = Math.min(countIn(bucket, entry) - 1, to - before); number >= 0 && before + number >= from; number--)
        found.push(positionIn(bucket, entry, number));
      return before > from ? 'go on' : 'enough';
    });
    return found.reverse();
  }

  /** Within a transaction: tells of the events from after `last` to `to` from now on. */
  extend(to: Position, entries: Iterable<KeyEntry>): void {
    const segment = this.#begin({ level: 0, first: this.last + 1, last: to, filled: bucketsOf(0) });
    for (const { key, before, positions } of entries) {
      const hashes = hashesOf(key, 0);
      const bucket = bucketOf(hashes, 0);
      this.#writers[bucket]?.add(key, 0, before, positions);
      segment.filter.add(bucket, hashes);
    }
    this.#put(segment, 0, this.#writers);
    this.#segments = [...this.#segments, segment];
  }

  /** Within a transaction: up to so many steps of every merge that is behind the log, which ends at `position`. */
  merge(position: Position, steps: number): void {
    for (let level = 0; level <= this.#highest; level++) {
      let merge = this.#mergeOf(level);
      for (let step = 0; merge && step < steps && isDue(merge, position); step++) merge = this.#step(merge);
    }
  }

  get #highest(): number {
    return Math.max(0, ...this.#segments.map(({ level }) => level));
  }

  #visit(key: Uint32Array, at: number, ofId: boolean, visit: Visit): void {
    const hashes = hashesOf(key, at);
    for (let place = this.#segments.length - 1; place >= 0; place--) {
      const segment = this.#segments[place] as FilteredSegment;
      const number = bucketOf(hashes, segment.level);
      if (number < segment.drained || number >= segment.filled || !segment.filter.mayHold(number, hashes)) continue;
      const bucket = this.#read(segment, number);
      for (const entry of entriesOfKey(bucket, key, at, ofId)) if (visit(bucket, entry) === 'enough') return;
    }
  }

  #read(segment: Segment, number: number): Uint32Array {
    try {
      return bucketIn(this.#table.bucket(segment, number) ?? new Uint8Array());
    } catch (cause) {
      this.#damaged = segment;
      throw cause;
    }
  }

  #filterOf(segment: Segment): KeyFilter {
    const filter = new KeyFilter(segment.level);
    try {
      for (const { bucket, bits } of this.#table.filters(segment)) filter.read(bucket, bits);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      this.#damaged = segment;
    }
    return filter;
  }

  #begin(segment: Omit<Segment, 'id' | 'drained'>): FilteredSegment {
    return { ...segment, id: this.#table.begin(segment), drained: 0, filter: new KeyFilter(segment.level) };
  }

  /** Buckets from one on. */
  #put(segment: FilteredSegment, from: number, writers: readonly BucketWriter[]): void {
    for (const [number, writer] of writers.entries()) this.#table.putBucket(segment, from + number, writer.take());
    for (let bucket = from; bucket < from + writers.length; bucket += STEP)
      this.#table.putFilter(segment, bucket, segment.filter.stepFrom(bucket));
  }

  /** The one under way, or one that can begin. */
  #mergeOf(level: number): Merge | undefined {
    const output = this.#segments.find((one) => one.level === level + 1 && one.filled < bucketsOf(one.level));
    if (output) return { output, inputs: this.#segments.filter((one) => one.level === level && one.last <= output.last) };
    const inputs = this.#segments.filter((one) => one.level === level && one.filled === bucketsOf(level)).slice(0, FAN);
    const [first, last] = [inputs[0], inputs[FAN - 1]];
    if (!first || !last) return undefined;
    const begun = this.#begin({ level: level + 1, first: first.first, last: last.last, filled: 0 });
    this.#segments = this.#segments.flatMap((one) => (one === last ? [one, begun] : [one]));
    return { inputs, output: begun };
  }

  /** Drains the next buckets of each input. Undefined once they were the last. */
  #step({ inputs, output }: Merge): Merge | undefined {
    const from = output.filled / FAN;
    const writers = this.#writers.slice(0, FAN * STEP);
    for (const input of inputs)
      for (let bucket = from; bucket < from + STEP; bucket++) this.#split(this.#read(input, bucket), output, writers);
    this.#put(output, output.filled, writers);
    const moved = { output: { ...output, filled: output.filled + FAN * STEP }, inputs: inputs.map((one) => this.#drain(one, from)) };
    this.#table.move(moved.output);
    const over = moved.output.filled === bucketsOf(output.level);
    if (over) for (const input of inputs) this.#table.end(input);
    this.#replace([output, ...inputs], over ? [moved.output] : [moved.output, ...moved.inputs]);
    return over ? undefined : moved;
  }

  #split(bucket: Uint32Array, output: FilteredSegment, writers: readonly BucketWriter[]): void {
    for (const entry of entriesIn(bucket)) {
      const hashes = hashesOf(bucket, entry);
      const number = bucketOf(hashes, output.level);
      writers[number - output.filled]?.copy(bucket, entry);
      output.filter.add(number, hashes);
    }
  }

  #drain(input: FilteredSegment, from: number): FilteredSegment {
    const drained = { ...input, drained: from + STEP };
    this.#table.drop(input, from);
    this.#table.move(drained);
    return drained;
  }

  /** They keep their places. */
  #replace(before: readonly Segment[], now: readonly FilteredSegment[]): void {
    const gone = new Set(before.map(({ id }) => id));
    const moved = new Map(now.map((segment) => [segment.id, segment]));
    this.#segments = this.#segments.flatMap((one) => moved.get(one.id) ?? (gone.has(one.id) ? [] : [one]));
  }
}

const isDue = ({ output }: Merge, position: Position): boolean => (output.filled / FAN / STEP) * EVENTS_A_STEP < position - output.last;

const isLike = (one: Segment, other: Segment | undefined): boolean =>
  one.id === other?.id && one.filled === other.filled && one.drained === other.drained;

/** As the directory has it. */
export const idEntry = (key: Uint32Array, position: Position): KeyEntry => ({ key, before: OF_ID, positions: [position] });
