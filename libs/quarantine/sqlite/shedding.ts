// What leaves the quarantine again, and the count of it: within a transaction of whoever calls.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Instant } from '#kernel';
import type { Amount, LetGo, LetGoReason, QuarantineSelection } from '../quarantine.ts';
import { ENTRY_BYTES, type Shares } from '../shares.ts';
import { conditionOf } from './quarantine-file.ts';

interface Gone {
  readonly whose: string;
  readonly bytes: number;
  readonly kept: number;
}

/** So much goes in one transaction: the event loop has its turn in between. */
const AT_ONCE_ENTRIES = 64;
const AT_ONCE_BYTES = 2 * 1024 * 1024;
const RETURNING = `RETURNING coalesce(agency, '') AS whose, bytes, kept`;
const UNATTRIBUTED = '';

export class Shedding {
  readonly #db: DatabaseSync;
  readonly #shares: Shares;
  readonly #keptOf: StatementSync;
  readonly #keptOfAll: StatementSync;
  readonly #largest: StatementSync;
  readonly #oldest: StatementSync;
  readonly #noted: StatementSync;

  constructor(db: DatabaseSync, shares: Shares) {
    this.#db = db;
    this.#shares = shares;
    this.#keptOf = db.prepare('SELECT kept FROM shares WHERE whose = ?');
    this.#keptOfAll = db.prepare('SELECT sum(kept) AS kept FROM shares');
    this.#largest = db.prepare('SELECT whose FROM shares WHERE kept > 0 ORDER BY whose = ? DESC, kept DESC LIMIT 1');
    this.#oldest = db.prepare(
      `DELETE FROM quarantined WHERE id = (SELECT id FROM quarantined WHERE coalesce(agency, '') = ? ORDER BY state = 'waiting', id LIMIT 1) ${RETURNING}`,
    );
    this.#noted = db.prepare(`INSERT INTO let_go VALUES (?, ?, ?, ?, ?5, ?5) ON CONFLICT DO UPDATE
      SET entries = entries + excluded.entries, bytes = bytes + excluded.bytes, since = min(since, excluded.since), latest = max(latest, excluded.latest)`);
  }

  /** The oldest of a share that is too large make room, what is settled first; of all together, what nobody can be held to first. */
  makeRoom(whose: string, at: Instant): void {
    while (this.#kept(this.#keptOf, whose) > this.#shares.each && this.#shed(whose, at));
    while (this.#kept(this.#keptOfAll) > this.#shares.whole && this.#shed(String(this.#largest.get(UNATTRIBUTED)?.['whose'] ?? ''), at));
  }

  /** Removes a few of a selection; undefined where none was left. */
  removeSome(selection: QuarantineSelection, why: LetGoReason, at: Instant): Amount | undefined {
    const { sql, values } = conditionOf(selection);
    const found = this.#db.prepare(`SELECT id, kept FROM quarantined WHERE ${sql} ORDER BY id LIMIT ${AT_ONCE_ENTRIES}`).all(...values);
    const ids = within(found as unknown as readonly { readonly id: number; readonly kept: number }[]);
    if (ids.length === 0) return undefined;
    const gone = this.#db
      .prepare(`DELETE FROM quarantined WHERE id IN (${ids.map(() => '?').join(', ')}) ${RETURNING}`)
      .all(...ids) as unknown as readonly Gone[];
    for (const one of gone) this.note(one.whose, why, { entries: 1, bytes: one.bytes }, at);
    return { entries: gone.length, bytes: gone.reduce((total, { bytes }) => total + bytes, 0) };
  }

  note(whose: string, why: LetGoReason, { entries, bytes }: Amount, at: Instant): void {
    this.#noted.run(whose, why, entries, bytes, at);
  }

  letGo(): readonly LetGo[] {
    const rows = this.#db.prepare('SELECT * FROM let_go ORDER BY whose, why').all() as unknown as readonly (Omit<LetGo, 'agency'> & {
      readonly whose: string;
    })[];
    return rows.map(({ whose, ...rest }) => ({ ...(whose === UNATTRIBUTED ? {} : { agency: whose }), ...rest }));
  }

  #kept(statement: StatementSync, ...whose: readonly string[]): number {
    return Number(statement.get(...whose)?.['kept'] ?? 0);
  }

  /** False where nothing was there to shed. */
  #shed(whose: string, at: Instant): boolean {
    const gone = this.#oldest.get(whose) as unknown as Gone | undefined;
    if (gone) this.note(gone.whose, 'share', { entries: 1, bytes: gone.bytes }, at);
    return gone !== undefined;
  }
}

/** At least one. */
const within = (found: readonly { readonly id: number; readonly kept: number }[]): readonly number[] => {
  let total = 0;
  const fits = found.filter(({ kept }, place) => (total += Math.max(kept, ENTRY_BYTES)) <= AT_ONCE_BYTES || place === 0);
  return fits.map(({ id }) => id);
};
