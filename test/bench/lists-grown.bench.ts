// Pages and exports of a caseload as it grows (views.md, part 7; `BENCH_SIZES=1000,10000,100000`): a page of 100 rows, its median and its
// slowest of a hundred, a whole export of at most 50,000 rows as it streams, and how complete the agency's records are. All learners have
// their whole story in the log.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Row } from './row.ts';

const SIZES = (process.env['BENCH_SIZES'] ?? '1000,10000,100000').split(',').map(Number);
const [PAGE_MS, SLOWEST_MS] = [150, 500];
const PAGES = 100;
const MOST_EXPORTED = 50_000;
/** Chunks of an export between two looks at what the broker holds. */
const LOOKED_EVERY = 50;
const PURPOSES = 'support-learner, deliver-programme';

interface Ready {
  readonly url: string;
  readonly token: string;
}

interface Used {
  readonly cpu: number;
  readonly bytes: number;
}

const sent = <Answer>(child: ChildProcess, message: string | number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`The served process ended with ${String(code)}.`));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      resolve(answer as Answer);
    });
    child.send(message);
  });

const headersOf = ({ token }: Ready, accept: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${token}`,
  purpose: PURPOSES,
  accept,
});

/** Milliseconds until each of the pages is there, and of CPU for it, from the first page on, over and over. */
const readPages = async (child: ChildProcess, ready: Ready): Promise<readonly (readonly [waited: number, cpu: number])[]> => {
  const took: (readonly [number, number])[] = [];
  for (let cursor = ''; took.length < PAGES;) {
    const [before, began] = [await sent<Used>(child, 'used'), performance.now()];
    const response = await fetch(`${ready.url}/v1/caseload?limit=100${cursor}`, { headers: headersOf(ready, 'application/json') });
    const { rows = [], next } = (await response.json()) as { readonly rows?: readonly unknown[]; readonly next?: string };
    const waited = performance.now() - began;
    if (rows.length !== 100) throw new Error(`A page of ${rows.length} rows, status ${response.status}.`);
    took.push([waited, (await sent<Used>(child, 'used')).cpu - before.cpu]);
    cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
  }
  return took;
};

const ASKS = 10;

/** The median of a few, of which the first does not count: until it is there, and CPU for it. */
const askCompleteness = async (child: ChildProcess, ready: Ready): Promise<readonly [waited: number, cpu: number]> => {
  const took: (readonly [number, number])[] = [];
  for (let n = 0; n <= ASKS; n++) {
    const [before, began] = [await sent<Used>(child, 'used'), performance.now()];
    const response = await fetch(`${ready.url}/v1/data-quality/completeness`, { headers: headersOf(ready, 'application/json') });
    const { rows = [] } = (await response.json()) as { readonly rows?: readonly unknown[] };
    const waited = performance.now() - began;
    if (rows.length === 0) throw new Error(`Nothing of how complete records are, status ${response.status}.`);
    took.push([waited, (await sent<Used>(child, 'used')).cpu - before.cpu]);
  }
  const counted = took.slice(1);
  return [median(counted.map(([waited]) => waited)), median(counted.map(([, cpu]) => cpu))];
};

interface Exported {
  readonly rows: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly firstByteMs: number;
  readonly bytes: number;
}

/** Where there are more than an export may hold, of one of the two advisers. */
const exportAll = async (child: ChildProcess, ready: Ready, learners: number): Promise<Exported> => {
  const search = learners > MOST_EXPORTED ? '?adviser=s-0' : '';
  const [before, began] = [await sent<Used>(child, 'used'), performance.now()];
  const response = await fetch(`${ready.url}/v1/caseload${search}`, { headers: headersOf(ready, 'text/csv') });
  let [lines, bytes, first, chunks] = [0, 0, 0, 0];
  for await (const chunk of response.body ?? []) {
    first ||= performance.now() - began;
    for (const byte of chunk as Uint8Array) if (byte === 10) lines++;
    if (chunks++ % LOOKED_EVERY === 0) bytes = Math.max(bytes, (await sent<Used>(child, 'used')).bytes);
  }
  const after = await sent<Used>(child, 'used');
  return {
    rows: lines - 1,
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (after.cpu - before.cpu) / 1000,
    firstByteMs: first,
    bytes: Math.max(bytes, after.bytes),
  };
};

const limited = (name: string, limit: number, ours: number): Row => ({
  goal: 'lists',
  name,
  limit,
  ours,
  ratio: limit / ours,
  target: 1,
  unit: 'ms',
});
const told = (name: string, ours: number, unit: string): Row => ({ goal: 'lists', name, limit: ours, ours, ratio: 1, target: 0, unit });

export const listsGrownBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lists-'));
  const child = fork(new URL('./lists-grown-served.ts', import.meta.url), [folder], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const rows: Row[] = [];
  try {
    for (const size of SIZES) {
      const ready = await sent<Ready>(child, size);
      const took = await readPages(child, ready);
      const waits = took.map(([waited]) => waited).toSorted((one, other) => one - other);
      const at = `at ${size.toLocaleString('en-GB')} learners`;
      rows.push(limited(`page of 100 rows of the caseload ${at}, until it is there`, PAGE_MS, median(waits)));
      rows.push(limited(`the slowest of ${PAGES} such pages ${at}`, SLOWEST_MS, waits.at(-1) ?? Number.NaN));
      rows.push(limited(`CPU of such a page ${at}`, PAGE_MS, median(took.map(([, cpu]) => cpu))));
      const [waited, cpu] = await askCompleteness(child, ready);
      rows.push(limited(`how complete the agency's records are ${at}, until it is there`, PAGE_MS, waited));
      rows.push(limited(`CPU of that ${at}`, PAGE_MS, cpu));
      const { rows: exported, seconds, cpuSeconds, firstByteMs, bytes } = await exportAll(child, ready, size);
      rows.push(told(`rows of an export ${at}`, exported, 'rows'));
      rows.push(told(`its first byte ${at}`, firstByteMs, 'ms'));
      rows.push(told(`rows a second of it ${at}`, exported / seconds, 'rows/s'));
      rows.push(told(`rows a CPU second of it ${at}`, exported / cpuSeconds, 'rows/s'));
      rows.push(told(`memory of the broker meanwhile ${at}`, bytes / 2 ** 20, 'MiB'));
      process.stderr.write(
        `${rows
          .slice(-10)
          .map(({ name, ours, unit }) => `${name}: ${ours.toFixed(1)} ${unit}`)
          .join('\n')}\n`,
      );
    }
    return rows;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
};
