// While nobody else writes, several batches of a rebuild share one transaction: most pages change again with each batch, and to write
// them at each commit takes as long as all else (ADR 0068).
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { failureOfCommit } from '#sqlite';

export interface LongTerms {
  /** A transaction ends with the change in which it gets so old, */
  readonly longestMs: number;
  /** and whoever else wants to write has as long as it took before the next begins, but no longer than this. */
  readonly breakMs: number;
}

/** Longer than others wait between two attempts to write (`whenFree`). */
const BREAK_MS = 120;
const LONGEST_MS = 4000;

/**
 * Of one connection. Whatever else is done on it comes behind `end`. A change that fails takes those before it back with it, and they are
 * made again first thing: to mark each with a savepoint would have SQLite go through all that it noted since with every trigger.
 */
export class LongTransaction {
  readonly #db: DatabaseSync;
  readonly #terms: LongTerms;
  /** Of this transaction, or of one that was undone. */
  readonly #changes: (() => unknown)[] = [];
  #begunAt: number | undefined;
  /** When the next may begin. */
  #freeAt = Number.NEGATIVE_INFINITY;
  /** Another as soon as somebody else has written. */
  #version: unknown;
  #alone = false;

  constructor(db: DatabaseSync, terms: LongTerms = { longestMs: LONGEST_MS, breakMs: BREAK_MS }) {
    this.#db = db;
    this.#terms = terms;
  }

  /** When the next change may be made. */
  async free(): Promise<void> {
    const left = this.#freeAt - performance.now();
    if (this.#begunAt === undefined && left > 0) await pause(left);
  }

  /**
   * All of `change` or nothing, behind those before, which hold in any case. `change` may be called again. Throws what it or SQLite throws,
   * or `UncertainCommit`.
   */
  run(change: () => unknown): void {
    const begunAt = this.#begin();
    this.#changes.push(change);
    try {
      change();
      if (!this.#alone || performance.now() - begunAt >= this.#terms.longestMs) this.#commit();
    } catch (cause) {
      this.#changes.pop();
      this.#undo();
      throw cause;
    }
  }

  /** Throws as `run` does; what was to be committed still is then. */
  end(): void {
    if (this.#changes.length === 0) return;
    this.#begin();
    try {
      this.#commit();
    } catch (cause) {
      this.#undo();
      throw cause;
    }
  }

  #begin(): number {
    if (this.#begunAt !== undefined) return this.#begunAt;
    this.#db.exec('BEGIN IMMEDIATE');
    const begunAt = (this.#begunAt = performance.now());
    try {
      const version = this.#db.prepare('PRAGMA data_version').get()?.['data_version'];
      this.#alone = version === this.#version;
      this.#version = version;
      for (const again of this.#changes) again();
    } catch (cause) {
      this.#undo();
      throw cause;
    }
    return begunAt;
  }

  #commit(): void {
    try {
      this.#db.exec('COMMIT');
    } catch (cause) {
      throw failureOfCommit(cause);
    }
    const now = performance.now();
    this.#freeAt = now + Math.min(this.#terms.breakMs, now - (this.#begunAt ?? now));
    this.#changes.length = 0;
    this.#begunAt = undefined;
  }

  #undo(): void {
    this.#begunAt = undefined;
    // SQLite has rolled back by itself after some failures.
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }
}
