// Goals P6 and P8: passports read over many learners, all of them in use: what a read costs, how that compares with few in use, and what
// memory the broker takes. In CPU time of the broker, all threads, since a busy machine makes everybody wait.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { Chance } from './chance.ts';
import type { Row } from './row.ts';

const LIMIT_US = 300;
const LIMIT_MB = 600;
const LIMIT_OPEN_S = 3;
const ROUND = 10_000;
/** Of a round, for which one token is good also on a busy machine. */
const PART = 2000;
/** For an answer: on a busy machine everybody waits. */
const TIMEOUT_S = 60;
const CONNECTIONS = 32;
/** `BENCH_LEARNERS`: fewer, for a look. `BENCH_FOLDER`: where the log is kept for the next run, since telling the stories takes minutes. */
const { BENCH_LEARNERS = '100000', BENCH_FOLDER } = process.env;

interface Ready {
  readonly url: string;
  /** Milliseconds that opening the log took, and how many events it holds. */
  readonly opened: number;
  readonly head: number;
}

interface Used {
  readonly cpu: number;
  readonly rss: number;
  /** Good for some minutes. */
  readonly token: string;
}

const usedBy = (child: ChildProcess): Promise<Used> =>
  new Promise((resolve) => {
    child.once('message', (used) => resolve(used as Used));
    child.send('what is used');
  });

/** Which learner is read next. */
type Next = () => number;

const readPart = async ({ url }: Ready, token: string, next: Next, amount: number): Promise<void> => {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    amount,
    timeout: TIMEOUT_S,
    requests: [
      {
        method: 'GET',
        headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' },
        setupRequest: (request) => ({ ...request, path: `/v1/learners/local:p-${next()}/passport` }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} failed.`);
};

const read = async (child: ChildProcess, ready: Ready, next: Next, amount: number): Promise<void> => {
  for (let done = 0; done < amount; done += PART) {
    const { token } = await usedBy(child);
    await readPart(ready, token, next, Math.min(PART, amount - done));
  }
};

/** Microseconds of CPU a read of learners drawn at random, once each has been read: then all of them are in use. */
const costOver = async (child: ChildProcess, ready: Ready, learners: number): Promise<number> => {
  let last = -1;
  await read(child, ready, () => (last = (last + 1) % learners), learners);
  const chance = new Chance(learners);
  const before = await usedBy(child);
  await read(child, ready, () => chance.below(learners), ROUND);
  return (((await usedBy(child)).cpu - before.cpu) * 1000) / ROUND;
};

const count = (learners: number): string => learners.toLocaleString('en-GB');

const rowsOf = async (child: ChildProcess, ready: Ready, most: number): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const costs: number[] = [];
  for (const learners of [1000, 10_000, 100_000].filter((one) => one <= most)) {
    const ours = await costOver(child, ready, learners);
    costs.push(ours);
    const name = `passport read over ${count(learners)} learners in use, CPU (limit ${LIMIT_US} µs; ratio limit/ours)`;
    rows.push({ goal: 'P6', name, limit: LIMIT_US, ours, ratio: LIMIT_US / ours, target: 1, unit: 'µs' });
  }
  const [few = Number.NaN, many = Number.NaN] = [costs[0], costs.at(-1)];
  const rate = { limit: 1e6 / few, ours: 1e6 / many, ratio: few / many, target: 0.8, unit: 'reads per CPU second' };
  rows.push({ goal: 'P8', name: `passport reads over ${count(most)} learners in use, of those over 1,000`, ...rate });
  const ours = (await usedBy(child)).rss / 2 ** 20;
  const memory = { limit: LIMIT_MB, ours, ratio: LIMIT_MB / ours, target: 1, unit: 'MB' };
  rows.push({ goal: 'P8', name: `memory (RSS) with ${count(most)} learners in use (limit ${LIMIT_MB} MB; ratio limit/ours)`, ...memory });
  return rows;
};

const openedIn = ({ opened, head }: Ready): Row => {
  const [ours, name] = [opened / 1000, `opened on a log of ${head.toLocaleString('en-GB')} events (limit 3 s; ratio limit/ours)`];
  return { goal: 'P8', name, limit: LIMIT_OPEN_S, ours, ratio: LIMIT_OPEN_S / ours, target: 1, unit: 's' };
};

export const readsBench = async (): Promise<readonly Row[]> => {
  const folder = BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), 'bench-reads-'));
  const args = [folder, BENCH_LEARNERS];
  const child = fork(new URL('./reads-served.ts', import.meta.url), args, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Ready));
      child.once('exit', (code) => reject(new Error(`The served process ended with ${String(code)}.`)));
    });
    return [openedIn(ready), ...(await rowsOf(child, ready, Number(BENCH_LEARNERS)))];
  } finally {
    child.kill('SIGKILL');
    if (BENCH_FOLDER === undefined) rmSync(folder, { recursive: true });
  }
};
