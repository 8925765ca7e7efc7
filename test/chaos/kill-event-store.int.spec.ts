// Invariants 2 and 3 of the log itself: kill -9 at any moment loses no acknowledged event, doubles none and tears no append.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { leafOf, type RecordedEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { CompactTree, treeRoot } from '#transparency';
import { chance, payloadOf } from './told-by-id.ts';

const KILLS = Number(process.env['CONCORDAT_KILLS'] ?? 50);
const SEED = Number(process.env['CONCORDAT_SEED'] ?? 7);
/** The kill comes so many milliseconds after the first acknowledgement at most, or, one time in eight, at any moment of the start. */
const LONGEST_MS = 150;
const LONGEST_START_MS = 400;
const EARLY = 1 / 8;
/** Every so many kills, two processes write to the log at once and both are killed. */
const SHARED = 4;
const PAGE = 2000;

const child = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
const random = chance(SEED);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe(`a log whose writer is killed ${KILLS} times under load (seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-event-store-'));
  const file = join(folder, 'log.db');
  afterAll(() => rmSync(folder, { recursive: true }));

  const acknowledged = new Map<string, number>();
  /** As found after the kill before; its leaves are hashed anew from what was read. */
  const found = new CompactTree();
  const revisions = new Map<string, number>();

  const started = (): ChildProcess => {
    const flags = ['--conditions=concordat-source', '--disable-warning=ExperimentalWarning'];
    const seed = String(Math.floor(random() * 2 ** 32));
    return spawn(process.execPath, [...flags, child, file, seed], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };

  /** Lets it append for a while and kills it. Gives all that it printed in whole lines: id and position. */
  const runAndKill = async (): Promise<readonly (readonly [string, number])[]> => {
    const early = random() < EARLY ? random() * LONGEST_START_MS : undefined;
    const afterwards = random() * LONGEST_MS;
    const writer = started();
    const closed = once(writer, 'close');
    let printed = '';
    const acknowledging = new Promise<void>((resolve) => {
      writer.stdout?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        resolve();
      });
    });
    if (early !== undefined) await pause(early);
    else await Promise.race([acknowledging.then(() => pause(afterwards)), closed]);
    writer.kill('SIGKILL');
    const [, signal] = await closed;
    expect(signal).toBe('SIGKILL');
    return printed
      .split('\n')
      .slice(0, -1)
      .map((line) => [line.slice(0, line.indexOf(' ')), Number(line.slice(line.indexOf(' ') + 1))] as const);
  };

  const readAfter = async (store: SqliteEventStore, after: number): Promise<readonly RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for (let page = await store.readAll({ after, limit: PAGE }); page.length > 0;) {
      events.push(...page);
      page = await store.readAll({ after: page.at(-1)?.position ?? 0, limit: PAGE });
    }
    return events;
  };

  const faultOf = ({ id, position, stream, revision, payload }: RecordedEvent, due: number): string | undefined => {
    if (position !== due) return `${id} is at ${position}, not ${due}`;
    if (revision !== (revisions.get(stream) ?? -1) + 1) return `${id} is at revision ${revision} of ${stream}`;
    return Buffer.compare(payload, payloadOf(id)) === 0 ? undefined : `${id} holds something else`;
  };

  /** Faults of what came since the kill before: places, contents, and appends of which a part is missing. */
  const faultsIn = (events: readonly RecordedEvent[]): readonly string[] => {
    const faults: (string | undefined)[] = [];
    for (const [n, event] of events.entries()) {
      faults.push(faultOf(event, found.size + n + 1));
      revisions.set(event.stream, event.revision);
    }
    for (const [append, members] of Map.groupBy(events, ({ meta }) => meta.correlation)) {
      if (members.length !== Number(members[0]?.meta.causation)) faults.push(`${append} has ${members.length} events`);
    }
    return faults.filter((fault) => fault !== undefined);
  };

  /**
   * Reads every record and hashes it anew: what earlier kills left must have stayed; ids are unique where each leads to its own position.
   */
  const judgeWhole = async (store: SqliteEventStore): Promise<void> => {
    const { size, root } = await store.integrity();
    expect(size).toBe(found.size);
    expect(hex(root)).toBe(hex(found.root()));
    expect(hex(treeRoot(await store.readLeaves(0, size)))).toBe(hex(root));
  };

  const judge = async (printed: readonly (readonly [string, number])[]): Promise<void> => {
    const store = SqliteEventStore.open({ file });
    try {
      const events = await readAfter(store, found.size);
      expect(faultsIn(events)).toEqual([]);
      const stored = Map.groupBy(events, ({ id }) => id);
      expect(printed.filter(([id, position]) => stored.get(id)?.length !== 1 || stored.get(id)?.[0]?.position !== position)).toEqual([]);
      const leaves = events.map(leafOf);
      expect((await store.readLeaves(found.size, events.length + 1)).map(hex)).toEqual(leaves.map(hex));
      for (const leaf of leaves) found.append(leaf);
      await judgeWhole(store);
    } finally {
      await store.close();
    }
  };

  it(
    'holds after each kill what was acknowledged, once and where it was said to be',
    async () => {
      for (let kill = 1; kill <= KILLS; kill++) {
        const writers = kill % SHARED === 0 ? [runAndKill(), runAndKill()] : [runAndKill()];
        const printed = (await Promise.all(writers)).flat();
        await judge(printed);
        for (const [id, position] of printed) acknowledged.set(id, position);
      }
      expect(acknowledged.size).toBeGreaterThan(KILLS);
    },
    30_000 + KILLS * 8000,
  );

  it('holds in the end all that was ever acknowledged', async () => {
    const store = SqliteEventStore.open({ file });
    const stored = await store.findByIds([...acknowledged.keys()]);
    expect([...acknowledged].filter(([id, position]) => stored.get(id)?.position !== position)).toEqual([]);
    await store.close();
    process.stdout.write(`${KILLS} kills, seed ${SEED}: ${acknowledged.size} events acknowledged, ${found.size} stored\n`);
  }, 60_000);
});
