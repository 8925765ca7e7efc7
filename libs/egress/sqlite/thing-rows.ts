// What partners hold of learners, a row a thing. What is on its way stands in one text until it has arrived, so that each thing is written
// as a row once: its row before it was sent would say that nothing is known of it, and would be written anew a moment later.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import type { FeedLine, LearnerFeeds } from '../feed/index.ts';
import { FEEDS, feedsIn, NEW_PLACE, PLACE, PUT, RECOVER, REMOVE, REMOVE_EMPTY, type ThingRow } from './ledger-schema.ts';

// Prepared statements by their text, which are few.

export class Statements {
  readonly #db: DatabaseSync;
  readonly #byText = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  run(sql: string, ...values: readonly SQLInputValue[]): number | bigint {
    return this.#of(sql).run(...values).lastInsertRowid;
  }

  rows<One>(sql: string, ...values: readonly SQLInputValue[]): readonly One[] {
    return this.#of(sql).all(...values) as unknown as readonly One[];
  }

  #of(sql: string): StatementSync {
    const known = this.#byText.get(sql);
    if (known) return known;
    const made = this.#db.prepare(sql);
    this.#byText.set(sql, made);
    return made;
  }
}

/** A revision, the id of a notice, or the name of a duty. */
type Thing = Revision | string;

/** Of an item or a duty its pairwise id; of a notice null. */
type Underway = readonly [learner: LearnerId, recipient: AgencySlug, thing: Thing, id: string | null];

/** Numbers of places that are kept: each takes a look into an index to find. */
const KEPT_PLACES = 20_000;

/** Whatever changes anything belongs in a transaction; where that fails, `forget` is to be called. */
export class ThingRows {
  readonly #statements: Statements;
  readonly #places = new LRUCache<string, number>({ max: KEPT_PLACES });
  /** By what it is; undefined: what `sendings` tells. */
  #underway: Map<string, Underway> | undefined;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** What is remembered of the file may not be so. */
  forget(): void {
    this.#places.clear();
    this.#underway = undefined;
  }

  /** Something may have arrived, or not: it has no row yet. */
  get isUnderway(): boolean {
    return this.#onTheirWay().size > 0;
  }

  /** Of a learner, where nothing is under way. */
  of(learner: LearnerId): LearnerFeeds {
    return feedsIn(this.#statements.rows<ThingRow>(FEEDS, learner));
  }

  enter(lines: readonly FeedLine[]): void {
    const begun = new Map<string, Underway>();
    if (this.isUnderway && lines.some(isUnsettled)) this.settle();
    for (const line of lines) {
      const [name, underway] = [nameOf(line), underwayOf(line)];
      if (isUnsettled(line)) {
        begun.set(name, underway);
        continue;
      }
      begun.delete(name);
      this.#enterRow(underway, line);
      if (this.#onTheirWay().delete(name) && !this.isUnderway) this.#statements.run('DELETE FROM sendings');
    }
    if (begun.size === 0) return;
    this.#statements.run('INSERT INTO sendings VALUES (?)', JSON.stringify([...begun.values()]));
    this.#underway = begun;
  }

  /** Whatever is under way may have arrived, or not: each gets the row that says so. */
  settle(): void {
    for (const underway of this.#onTheirWay().values()) this.#put(underway, null);
    this.#underway = new Map();
    this.#statements.run('DELETE FROM sendings');
  }

  /** Learners of whom anything may have arrived, or not, are to be decided anew. */
  recover(): void {
    this.settle();
    this.#statements.run(RECOVER);
  }

  #onTheirWay(): Map<string, Underway> {
    return (this.#underway ??= new Map(
      this.#statements
        .rows<{ readonly lines: string }>('SELECT lines FROM sendings')
        .flatMap(({ lines }) => JSON.parse(lines) as readonly Underway[])
        .map((one) => [one.slice(0, 3).join('\n'), one]),
    ));
  }

  #enterRow(underway: Underway, line: FeedLine): void {
    const held = heldIn(line);
    if (held) return this.#put(underway, held.token ?? null);
    const [learner, recipient, thing] = underway;
    this.#statements.run(REMOVE, thing, learner, recipient);
    this.#statements.run(REMOVE_EMPTY, learner, recipient);
    this.#places.delete(`${learner}\n${recipient}`);
  }

  #put([learner, recipient, thing, id]: Underway, token: string | null): void {
    this.#statements.run(PUT, this.#placeOf(learner, recipient), thing, id, token);
  }

  #placeOf(learner: LearnerId, recipient: AgencySlug): number {
    const name = `${learner}\n${recipient}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const [found] = this.#statements.rows<{ readonly place: number }>(PLACE, learner, recipient);
    const place = found?.place ?? Number(this.#statements.run(NEW_PLACE, learner, recipient));
    this.#places.set(name, place);
    return place;
  }
}

const heldIn = (line: FeedLine): { readonly token?: string | undefined } | undefined => {
  if ('revision' in line) return line.item;
  return 'noticeId' in line ? line.notice : line.duty;
};

const isUnsettled = (line: FeedLine): boolean => {
  const held = heldIn(line);
  return held !== undefined && held.token === undefined;
};

const underwayOf = (line: FeedLine): Underway => {
  if ('revision' in line) return [line.learner, line.recipient, line.revision, line.item?.id ?? null];
  return 'noticeId' in line
    ? [line.learner, line.recipient, line.noticeId, null]
    : [line.learner, line.recipient, line.name, line.duty?.id ?? null];
};

const nameOf = (line: FeedLine): string => underwayOf(line).slice(0, 3).join('\n');
