// Goal P2: appending to the log, beside SQLite inserting into one table without an index, as durably, in the same run: once the payloads
// alone, and once the events as rows (id, stream, revision, type, time, metadata, payload), which is what the log has to hold.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { NewEvent, StreamWrite } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { median, type Row } from './row.ts';

const ROUNDS = 9;
const PAYLOAD_BYTES = 1024;
const STREAMS = 500;
/** Appends of a round, by events in each. */
const APPENDS: Readonly<Record<number, number>> = { 1: 200, 10: 150, 100: 60, 1000: 12 };
const LANES = 64;
const SINGLES = 64 * 60;

type Work = () => Promise<void>;

/** One round's two rates come from the same minute of a noisy machine: the ratio is taken within it. */
const compare = async (events: number, bare: () => Work, ours: () => Work): Promise<Pick<Row, 'limit' | 'ours' | 'ratio'>> => {
  const rate = async (prepare: () => Work): Promise<number> => {
    const work = prepare();
    const began = performance.now();
    await work();
    return events / ((performance.now() - began) / 1000);
  };
  await rate(bare);
  await rate(ours);
  const [limits, rates]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0;
    if (order) limits.push(await rate(bare));
    rates.push(await rate(ours));
    if (!order) limits.push(await rate(bare));
  }
  return { limit: median(limits), ours: median(rates), ratio: median(rates.map((one, round) => one / (limits[round] ?? Number.NaN))) };
};

const payload = randomBytes(PAYLOAD_BYTES);
let made = 0;

const write = (): StreamWrite => {
  made += 1;
  const event: NewEvent = {
    id: randomUUID(),
    type: 'uk.concordat.assessment.recorded.v1',
    meta: {
      actor: 'black-country-training',
      correlation: randomUUID(),
      schema: 1,
      category: 'assessment',
      owner: `learner-${made % STREAMS}`,
    },
    payload,
  };
  return { stream: `learner-${made % STREAMS}`, expected: 'any', events: [event] };
};

/** A batch for one stream, as the events of one message are. */
const batchOf = (size: number): readonly StreamWrite[] => {
  const first = write();
  return [{ ...first, events: [...first.events, ...Array.from({ length: size - 1 }, () => write().events).flat()] }];
};

/** What a bare table holds of an event. */
type Kept = 'payloads alone' | 'events as rows';

const TABLES: Readonly<Record<Kept, { readonly columns: string; readonly row: () => (Uint8Array | string | number)[] }>> = {
  'payloads alone': { columns: 'payload BLOB NOT NULL', row: () => [payload] },
  'events as rows': {
    columns:
      'id BLOB NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, meta TEXT NOT NULL, payload BLOB NOT NULL',
    row: () => {
      const { stream, events } = write();
      const [{ id, type, meta }] = events as readonly [NewEvent];
      return [Buffer.from(id.replaceAll('-', ''), 'hex'), stream, made, type, Date.now(), JSON.stringify(meta), payload];
    },
  },
};

class BareTable {
  readonly #db: DatabaseSync;
  readonly #insert;
  readonly #kept: Kept;

  constructor(file: string, kept: Kept) {
    const { columns, row } = TABLES[kept];
    this.#kept = kept;
    this.#db = new DatabaseSync(file);
    this.#db.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE events (position INTEGER PRIMARY KEY, ${columns}) STRICT`,
    );
    this.#insert = this.#db.prepare(
      `INSERT INTO events VALUES (NULL, ${row()
        .map(() => '?')
        .join(', ')})`,
    );
  }

  commits(count: number, size: number): Work {
    const rows = Array.from({ length: count * size }, TABLES[this.#kept].row);
    return async () => {
      for (let n = 0; n < rows.length;) {
        this.#db.exec('BEGIN IMMEDIATE');
        for (const end = n + size; n < end; n++) this.#insert.run(...(rows[n] ?? []));
        this.#db.exec('COMMIT');
      }
    };
  }

  close(): void {
    this.#db.close();
  }
}

const oneByOne = (store: SqliteEventStore, count: number, size: number): Work => {
  const batches = Array.from({ length: count }, () => batchOf(size));
  return async () => {
    for (const batch of batches) await store.append(batch);
  };
};

/** So many appends of one event under way at any time. */
const concurrently = (store: SqliteEventStore): Work => {
  const singles = Array.from({ length: SINGLES }, () => [write()]).values();
  const lane = async (): Promise<void> => {
    for (const single of singles) await store.append(single);
  };
  return async () => void (await Promise.all(Array.from({ length: LANES }, lane)));
};

interface Sides {
  readonly bare: BareTable;
  readonly store: SqliteEventStore;
}

const measured = async (kept: Kept, run: (sides: Sides) => Promise<Omit<Row, 'goal' | 'unit'>>): Promise<Row> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-append-'));
  const bare = new BareTable(join(folder, 'bare.db'), kept);
  const store = SqliteEventStore.open({ file: join(folder, 'ours.db') });
  try {
    return { goal: 'P2', unit: 'events/s', ...(await run({ bare, store })) };
  } finally {
    bare.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
};

const batches = (kept: Kept, size: number, appends: number): Promise<Row> =>
  measured(kept, async ({ bare, store }) => {
    const rates = await compare(
      appends * size,
      () => bare.commits(appends, size),
      () => oneByOne(store, appends, size),
    );
    return { name: `append in batches of ${size}, 1 KB, against ${kept}`, ...rates, target: 0.8 };
  });

const singles = (kept: Kept): Promise<Row> =>
  measured(kept, async ({ bare, store }) => {
    const rates = await compare(
      SINGLES,
      () => bare.commits(SINGLES / LANES, LANES),
      () => concurrently(store),
    );
    return { name: `${LANES} concurrent appends of one event, against batches of ${LANES}, ${kept}`, ...rates, target: 0.7 };
  });

/** The rows of goal P2. */
export const appendBench = async (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const kept of Object.keys(TABLES) as Kept[]) {
    for (const [size, appends] of Object.entries(APPENDS)) rows.push(await batches(kept, Number(size), appends));
    rows.push(await singles(kept));
  }
  return rows;
};
