// `npm run file-faults`: each write, sync and truncation of the log fails once, one after the other, with EIO and with ENOSPC; strace makes
// it so. After each, the log opens and holds what was acknowledged, once, and nothing that was refused.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SqliteEventStore } from '#event-store/sqlite';

const EVENTS = 12;
const FAULTS = [
  ['pwrite64', 'EIO'],
  ['pwrite64', 'ENOSPC'],
  ['fdatasync', 'EIO'],
  ['fsync', 'EIO'],
  ['ftruncate', 'EIO'],
  ['ftruncate', 'ENOSPC'],
] as const;

const child = fileURLToPath(new URL('./faulted-process.ts', import.meta.url));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Told {
  readonly outcome: string;
  readonly id: string;
  readonly position: number;
}

interface Ran {
  readonly told: readonly Told[];
  readonly traced: string;
  readonly status: number | null;
}

const traced = (file: string, expression: readonly string[]): Ran => {
  const flags = ['--disable-warning=ExperimentalWarning', child, file, String(EVENTS)];
  const { stdout, stderr, status, error } = spawnSync('strace', ['-f', '-qq', ...expression, process.execPath, ...flags], {
    encoding: 'utf8',
  });
  if (error) throw new Error('strace cannot be run: install it (Debian: apt-get install strace).', { cause: error });
  const told = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '))
    .map(([outcome = '', id = '', position = '']) => ({ outcome, id, position: Number(position) }));
  return { told, traced: stderr, status };
};

/** How often the call is made where nothing fails. */
const callsOf = (file: string, call: string): number => traced(file, ['-e', `trace=${call}`]).traced.split(`${call}(`).length - 1;

/** What is wrong with the log afterwards. */
const faultsOf = async (file: string, told: readonly Told[]): Promise<readonly string[]> => {
  const store = SqliteEventStore.open({ file });
  const events = await store.readAll({ after: 0, limit: 1000 });
  await store.close();
  const acknowledged = told.filter(({ outcome }) => outcome === 'acknowledged');
  const uncertain = new Set(told.filter(({ outcome }) => outcome === 'uncertain').map(({ id }) => id));
  const known = new Map(acknowledged.map(({ id, position }) => [id, position]));
  return [
    ...acknowledged
      .filter(({ id, position }) => events.filter((event) => event.id === id && event.position === position).length !== 1)
      .map(({ id }) => `${id} is lost`),
    ...events.filter(({ id }) => !known.has(id) && !uncertain.has(id)).map(({ id }) => `${id} was refused, and is there`),
  ];
};

/** One call after the other fails, each in a run and on a file of its own. Gives how many faults came of it. */
const tried = async (folder: string, [call, error]: (typeof FAULTS)[number]): Promise<number> => {
  const calls = callsOf(join(folder, `${call}-${error}`), call);
  const outcomes = new Map<string, number>();
  const wrong: string[] = [];
  for (let n = 1; n <= calls; n++) {
    const file = join(folder, `${call}-${error}-${n}`);
    const { told, status } = traced(file, ['-e', `trace=${call}`, '-e', `inject=${call}:error=${error}:when=${n}`]);
    for (const outcome of [...told.map((one) => one.outcome), ...(status === 0 ? [] : ['did not open or close'])]) {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    wrong.push(...(await faultsOf(file, told)).map((fault) => `${call} ${error} at ${n}: ${fault}`));
  }
  say([`${call} ${error} at each of ${calls} calls in turn`, ...[...outcomes].map(([outcome, times]) => `${outcome} ${times}`)].join(', '));
  for (const fault of wrong) say(fault);
  return wrong.length;
};

const folder = mkdtempSync(join(tmpdir(), 'file-faults-'));
let wrong = 0;
try {
  for (const fault of FAULTS) wrong += await tried(folder, fault);
} finally {
  rmSync(folder, { recursive: true });
}
say(`${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
