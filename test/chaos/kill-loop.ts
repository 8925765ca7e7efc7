// Invariants 2 and 3 of a log, whichever store keeps it: kill -9 loses no acknowledged event, doubles none, tears no append, at any moment.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type EventStore, leafOf, type RecordedEvent } from '#event-store';
import { CompactTree, treeRoot } from '#transparency';
import { chance, payloadOf } from './told-by-id.ts';

/** The kill comes so many milliseconds after the first acknowledgement at most, or, one time in eight, at any moment of the start. */
const LONGEST_MS = 150;
const LONGEST_START_MS = 400;
const EARLY = 1 / 8;
/** Every so many kills, two processes write to the log at once and both are killed. */
const SHARED = 4;
const PAGE = 2000;

export interface KilledLog {
  readonly name: string;
  /** Opens it as one finds it after a kill. */
  readonly open: () => Promise<EventStore>;
  /** What `appending-process.ts` is given to open it: as the first writer, or as the second beside it. */
  readonly address: (writer: 0 | 1) => string;
  /** Done while the writers append. */
  readonly meanwhile?: (kill: number) => Promise<void>;
}

export interface KillTerms {
  readonly kills: number;
  readonly seed: number;
}

const child = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Id and position of each event that was acknowledged. */
type Printed = readonly (readonly [string, number])[];

const readAfter = async (store: EventStore, after: number): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let page = await store.readAll({ after, limit: PAGE }); page.length > 0;) {
    events.push(...page);
    page = await store.readAll({ after: page.at(-1)?.position ?? 0, limit: PAGE });
  }
  return events;
};

export const killLoop = (log: KilledLog, { kills, seed }: KillTerms): void => {
  const random = chance(seed);
  const acknowledged = new Map<string, number>();
  /** As found after the kill before; its leaves are hashed anew from what was read. */
  const found = new CompactTree();
  const revisions = new Map<string, number>();

  const started = (writer: 0 | 1): ChildProcess => {
    const flags = ['--conditions=concordat-source', '--disable-warning=ExperimentalWarning'];
    const itsSeed = String(Math.floor(random() * 2 ** 32));
    return spawn(process.execPath, [...flags, child, log.address(writer), itsSeed], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };

  /** Lets it append for a while and kills it. Gives all that it printed in whole lines. */
  const runAndKill = async (writer: 0 | 1): Promise<Printed> => {
    const early = random() < EARLY ? random() * LONGEST_START_MS : undefined;
    const afterwards = random() * LONGEST_MS;
    const process = started(writer);
    const closed = once(process, 'close');
    let printed = '';
    const acknowledging = new Promise<void>((resolve) => {
      process.stdout?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        resolve();
      });
    });
    if (early !== undefined) await pause(early);
    else await Promise.race([acknowledging.then(() => pause(afterwards)), closed]);
    process.kill('SIGKILL');
    const [, signal] = await closed;
    expect(signal).toBe('SIGKILL');
    return printed
      .split('\n')
      .slice(0, -1)
      .map((line) => [line.slice(0, line.indexOf(' ')), Number(line.slice(line.indexOf(' ') + 1))] as const);
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
  const judgeWhole = async (store: EventStore): Promise<void> => {
    const { size, root } = await store.integrity();
    expect(size).toBe(found.size);
    expect(hex(root)).toBe(hex(found.root()));
    expect(hex(treeRoot(await store.readLeaves(0, size)))).toBe(hex(root));
  };

  const judge = async (printed: Printed): Promise<void> => {
    const store = await log.open();
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

  describe(`${log.name} whose writer is killed ${kills} times under load (seed ${seed})`, () => {
    it(
      'holds after each kill what was acknowledged, once and where it was said to be',
      async () => {
        for (let kill = 1; kill <= kills; kill++) {
          const writers = kill % SHARED === 0 ? [runAndKill(0), runAndKill(1)] : [runAndKill(0)];
          const printed = (await Promise.all([...writers, log.meanwhile?.(kill).then(() => []) ?? []])).flat();
          await judge(printed);
          for (const [id, position] of printed) acknowledged.set(id, position);
        }
        expect(acknowledged.size).toBeGreaterThan(kills);
      },
      30_000 + kills * 20_000,
    );

    it('holds in the end all that was ever acknowledged', async () => {
      const store = await log.open();
      const stored = await store.findByIds([...acknowledged.keys()]);
      expect([...acknowledged].filter(([id, position]) => stored.get(id)?.position !== position)).toEqual([]);
      await store.close();
      process.stdout.write(`${log.name}: ${kills} kills, seed ${seed}: ${acknowledged.size} events acknowledged, ${found.size} stored\n`);
    }, 60_000);
  });
};
