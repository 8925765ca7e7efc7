// Goal P6: a page of 100 rows of the caseload at 100,000 learners, over HTTP: decided, recorded and opened; first with files that must be
// read from the log, then with files in memory.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Row } from './row.ts';

const LIMIT_MS = 150;

interface Ready {
  readonly url: string;
  readonly token: string;
  readonly pages: number;
}

interface Page {
  readonly rows: readonly unknown[];
  readonly next?: string;
}

/** Milliseconds of each page, the first pages of the list in order. */
const readPages = async ({ url, token, pages }: Ready): Promise<readonly number[]> => {
  const headers = { authorization: `Bearer ${token}`, purpose: 'support-learner, deliver-programme' };
  const took: number[] = [];
  let cursor = '';
  while (took.length < pages) {
    const began = performance.now();
    const response = await fetch(`${url}/v1/caseload?limit=100${cursor}`, { headers });
    const { rows, next } = (await response.json()) as Page;
    took.push(performance.now() - began);
    if (rows?.length !== 100 || next === undefined) throw new Error(`A page of ${rows?.length ?? 'no'} rows, status ${response.status}.`);
    cursor = `&cursor=${next}`;
  }
  return took;
};

const rowOf = (name: string, took: readonly number[]): Row => {
  const ours = median(took);
  return {
    goal: 'P6',
    name: `${name} (limit 150 ms; ratio limit/ours)`,
    limit: LIMIT_MS,
    ours,
    ratio: LIMIT_MS / ours,
    target: 1,
    unit: 'ms',
  };
};

export const listBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-list-'));
  const child = fork(new URL('./list-served.ts', import.meta.url), [folder], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Ready));
      child.once('exit', (code) => reject(new Error(`The served process ended with ${String(code)}.`)));
    });
    const first = await readPages(ready);
    const again = [...(await readPages(ready)), ...(await readPages(ready))];
    return [
      rowOf('page of 100 caseload rows at 100,000 learners, files read from the log', first),
      rowOf('page of 100 caseload rows at 100,000 learners, files in memory', again),
    ];
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
};
