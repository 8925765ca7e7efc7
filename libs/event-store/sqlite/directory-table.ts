// Where the directory lies in the log's file: its segments, their buckets and their filters.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '#kernel';
import { STEP } from './directory-form.ts';

/** What the directory tells of a span of events: of keys in buckets from `drained` to before `filled`; the others are elsewhere. */
export interface Segment {
  readonly id: number;
  readonly level: number;
  readonly first: Position;
  readonly last: Position;
  readonly filled: number;
  readonly drained: number;
}

// An id is given once: whoever looks for what another process has put elsewhere finds nothing, and never something else.
export const DIRECTORY_TABLES = `
CREATE TABLE segments (id INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  filled INTEGER NOT NULL, drained INTEGER NOT NULL) STRICT;
CREATE TABLE buckets (place INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
CREATE TABLE filters (place INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT;`;

/** More buckets than a segment has. */
const PLACES = 2 ** 22;
const placeOf = (segment: number, bucket: number): number => segment * PLACES + bucket;

export class DirectoryTable {
  readonly #segments: StatementSync;
  readonly #begin: StatementSync;
  readonly #move: StatementSync;
  readonly #end: StatementSync;
  readonly #bucket: StatementSync;
  readonly #putBucket: StatementSync;
  readonly #dropBuckets: StatementSync;
  readonly #filters: StatementSync;
  readonly #putFilter: StatementSync;
  readonly #dropFilter: StatementSync;
  readonly #clear: () => void;

  constructor(db: DatabaseSync) {
    this.#segments = db.prepare('SELECT id, level, first, last, filled, drained FROM segments ORDER BY first, id');
    this.#begin = db.prepare('INSERT INTO segments (level, first, last, filled, drained) VALUES (?, ?, ?, ?, 0)');
    this.#move = db.prepare('UPDATE segments SET filled = ?, drained = ? WHERE id = ?');
    this.#end = db.prepare('DELETE FROM segments WHERE id = ?');
    this.#bucket = db.prepare('SELECT entries FROM buckets WHERE place = ?');
    this.#putBucket = db.prepare('INSERT INTO buckets VALUES (?, ?)');
    this.#dropBuckets = db.prepare('DELETE FROM buckets WHERE place >= ? AND place < ?');
    this.#filters = db.prepare('SELECT place, bits FROM filters WHERE place >= ? AND place < ?');
    this.#putFilter = db.prepare('INSERT INTO filters VALUES (?, ?)');
    this.#dropFilter = db.prepare('DELETE FROM filters WHERE place = ?');
    this.#clear = () => db.exec('DELETE FROM segments; DELETE FROM buckets; DELETE FROM filters;');
  }

  /** In the order of the events that they tell of; what takes the place of others comes after the first of them. */
  segments(): readonly Segment[] {
    return this.#segments.all() as unknown as readonly Segment[];
  }

  /** Gives its id. */
  begin({ level, first, last, filled }: Omit<Segment, 'id' | 'drained'>): number {
    return Number(this.#begin.run(level, first, last, filled).lastInsertRowid);
  }

  move({ id, filled, drained }: Segment): void {
    this.#move.run(filled, drained, id);
  }

  end({ id }: Segment): void {
    this.#end.run(id);
  }

  bucket({ id }: Segment, bucket: number): Uint8Array | undefined {
    return this.#bucket.get(placeOf(id, bucket))?.['entries'] as Uint8Array | undefined;
  }

  putBucket({ id }: Segment, bucket: number, entries: Uint8Array): void {
    this.#putBucket.run(placeOf(id, bucket), entries);
  }

  /** A step's buckets and their filters, from one on. */
  drop({ id }: Segment, bucket: number): void {
    this.#dropBuckets.run(placeOf(id, bucket), placeOf(id, bucket + STEP));
    this.#dropFilter.run(placeOf(id, bucket));
  }

  /** Each of a step's buckets, from one on. */
  *filters({ id }: Segment): Generator<{ readonly bucket: number; readonly bits: Uint8Array }> {
    for (const { place, bits } of this.#filters.iterate(placeOf(id, 0), placeOf(id + 1, 0)))
      yield { bucket: Number(place) - placeOf(id, 0), bits: bits as Uint8Array };
  }

  putFilter({ id }: Segment, bucket: number, bits: Uint8Array): void {
    this.#putFilter.run(placeOf(id, bucket), bits);
  }

  clear(): void {
    this.#clear();
  }
}
