// Goal P6: a page of 100 rows of a list at 100,000 learners, over HTTP (BENCH_LIST names which; the caseload where nothing is said):
// decided, recorded and opened; first with files that must be
// read from the log, then with files in memory. In CPU time of the broker, all threads, since a busy machine makes everybody wait; the time
// that the reader waits stands beside it.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Row } from './row.ts';

const LIMIT_MS = 150;
const LIST = process.env['BENCH_LIST'] ?? 'caseload';

interface Ready {
  readonly url: string;
  readonly token: string;
  readonly pages: number;
}

interface Page {
  readonly rows: readonly unknown[];
  readonly next?: string;
}

interface Took {
  readonly waited: number;
  readonly cpu: number;
}

const cpuOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once('message', ({ cpu }: { readonly cpu: number }) => resolve(cpu));
    child.send('cpu');
  });

/** Milliseconds of each page, the first pages of the list in order. */
const readPages = async (child: ChildProcess, { url, token, pages }: Ready): Promise<readonly Took[]> => {
  const headers = { authorization: `Bearer ${token}`, purpose: 'support-learner, deliver-programme, track-participation' };
  const took: Took[] = [];
  let cursor = '';
  while (took.length < pages) {
    const [began, cpu] = [performance.now(), await cpuOf(child)];
    const response = await fetch(`${url}/v1/${LIST}?limit=100${cursor}`, { headers });
    const { rows, next } = (await response.json()) as Partial<Page>;
    took.push({ waited: performance.now() - began, cpu: (await cpuOf(child)) - cpu });
    if (rows?.length !== 100 || next === undefined) throw new Error(`A page of ${rows?.length ?? 'no'} rows, status ${response.status}.`);
    cursor = `&cursor=${next}`;
  }
  return took;
};

const rowsOf = (files: string, took: readonly Took[]): readonly Row[] =>
  (['cpu', 'waited'] as const).map((what) => {
    const ours = median(took.map((one) => one[what]));
    const name = `page of 100 rows of ${LIST} at 100,000 learners, ${files}, ${what === 'cpu' ? 'CPU' : 'until it is there'} (limit 150 ms; ratio limit/ours)`;
    return { goal: 'P6', name, limit: LIMIT_MS, ours, ratio: LIMIT_MS / ours, target: 1, unit: 'ms' };
  });

export const listBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-list-'));
  const child = fork(new URL('./list-served.ts', import.meta.url), [folder], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Ready));
      child.once('exit', (code) => reject(new Error(`The served process ended with ${String(code)}.`)));
    });
    const first = await readPages(child, ready);
    const again = [...(await readPages(child, ready)), ...(await readPages(child, ready))];
    return [...rowsOf('files read from the log', first), ...rowsOf('files in memory', again)];
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
};
