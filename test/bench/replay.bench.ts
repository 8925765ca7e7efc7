// Goal P4: reading the whole log and decoding it, beside bare SQLite rows decoded alike, in the same run.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { NewEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { median, type Row } from './row.ts';

const EVENTS = 200_000;
const ROUNDS = 7;
const BATCH = 1000;
const PAGE = 1000;
const STREAMS = 5000;

interface Assessed {
  readonly n: number;
}

/** An event of about 1 KB, as an MIS would send it. */
const payloadOf = (n: number): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      n,
      assessmentId: `a-${n}`,
      framework: 'initial',
      domain: 'literacy',
      instrument: 'BSA Initial Assessment',
      assessedOn: '2026-03-01',
      assessor: { name: 'A. Assessor', role: 'personal-adviser' },
      outcome: { level: 'entry-3', summary: 'Reads short everyday texts with care. '.repeat(18) },
      factors: [
        { code: 'housing', level: 2 },
        { code: 'attitudes-and-motivation', level: 3 },
      ],
    }),
  );

const eventOf = (n: number): NewEvent => ({
  id: randomUUID(),
  type: 'uk.concordat.assessment.recorded.v1',
  meta: { actor: 'black-country-training', correlation: randomUUID(), schema: 1 },
  payload: payloadOf(n),
});

const fillBare = (db: DatabaseSync): void => {
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE events (position INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT; BEGIN',
  );
  const insert = db.prepare('INSERT INTO events (payload) VALUES (?)');
  for (let n = 0; n < EVENTS; n++) insert.run(payloadOf(n));
  db.exec('COMMIT');
};

const fillOurs = async (store: SqliteEventStore): Promise<void> => {
  for (let n = 0; n < EVENTS; n += BATCH) {
    const events = Array.from({ length: BATCH }, (_, offset) => eventOf(n + offset));
    await store.append([{ stream: `learner-${(n / BATCH) % STREAMS}`, expected: 'any', events }]);
  }
};

const decoded = (payload: Uint8Array): number =>
  (JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString()) as Assessed).n;

const SUM = (EVENTS * (EVENTS - 1)) / 2;

const rate = async (replay: () => Promise<number>): Promise<number> => {
  const began = performance.now();
  if ((await replay()) !== SUM) throw new Error('The replay has not seen every event.');
  return EVENTS / ((performance.now() - began) / 1000);
};

const replayBare = (db: DatabaseSync): (() => Promise<number>) => {
  const select = db.prepare('SELECT payload FROM events ORDER BY position');
  return async () => {
    let sum = 0;
    for (const row of select.iterate()) sum += decoded(row['payload'] as Uint8Array);
    return sum;
  };
};

const replayOurs = (store: SqliteEventStore) => async (): Promise<number> => {
  let sum = 0;
  for (let after = 0; after < EVENTS; after += PAGE)
    for (const { payload } of await store.readAll({ after, limit: PAGE })) sum += decoded(payload);
  return sum;
};

/** The row of goal P4 that is about reading; rebuilding views is in rebuild.bench.ts. */
export const replayBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-replay-'));
  const db = new DatabaseSync(join(folder, 'bare.db'));
  const store = SqliteEventStore.open({ file: join(folder, 'ours.db') });
  try {
    fillBare(db);
    await fillOurs(store);
    const [bare, ours] = [replayBare(db), replayOurs(store)];
    await rate(bare);
    await rate(ours);
    const rounds: { readonly bare: number; readonly ours: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push({ bare: await rate(bare), ours: await rate(ours) });
    return [
      {
        goal: 'P4',
        name: `replay of ${EVENTS} events of 1 KB, leaf hashes checked, against rows of bare SQLite`,
        limit: median(rounds.map((round) => round.bare)),
        ours: median(rounds.map((round) => round.ours)),
        ratio: median(rounds.map((round) => round.ours / round.bare)),
        target: 0.7,
        unit: 'events/s',
      },
    ];
  } finally {
    db.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
};
