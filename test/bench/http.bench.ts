// Goal P6: posting signed events and reading passports over HTTP, beside a bare Nest-on-Fastify GET of the same size in the same run.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { Settings } from '../broker-process.ts';
import { median, type Row } from './row.ts';

const SECONDS = 5;
const ROUNDS = 3;
const CONNECTIONS = 64;
/** A number of requests counts as done at the next sample only. */
const SAMPLE_MS = 20;

/** What the served process tells once it is ready. */
export interface Ready {
  readonly url: string;
  readonly passports: readonly string[];
  readonly token: string;
  readonly bodies: readonly string[];
  /** Of a bare route that answers as many bytes as a passport. */
  readonly bareUrl: string;
}

interface Measured {
  readonly rate: number;
  readonly p99: number;
}

export type Requests = NonNullable<autocannon.Options['requests']>;

export const fire = async (url: string, requests: Requests, more: Partial<autocannon.Options> = {}): Promise<Measured> => {
  const result = await autocannon({ url, requests, connections: CONNECTIONS, duration: SECONDS, sampleInt: SAMPLE_MS, ...more });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed.`);
  // Not its "duration", which is in whole seconds.
  const seconds = (result.finish.getTime() - result.start.getTime()) / 1000;
  return { rate: result['2xx'] / seconds, p99: result.latency.p99 };
};

/** The next of a list for each request, so that no two connections send the same. */
const inTurn = <Item>(items: readonly Item[]): (() => Item) => {
  let next = 0;
  return () => items[next++ % items.length] as Item;
};

export const served = async (folder: string, settings: Settings = {}): Promise<{ readonly child: ChildProcess; readonly ready: Ready }> => {
  const args = [folder, JSON.stringify(settings)];
  const child = fork(new URL('./http-served.ts', import.meta.url), args, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready));
    child.once('exit', (code) => reject(new Error(`The served process ended with ${String(code)}.`)));
  });
  return { child, ready };
};

/** Passports read in turn, and events posted. */
export const requestsTo = ({ passports, token, bodies }: Ready): { readonly reads: Requests; readonly posts: Requests } => {
  const nextPassport = inTurn(passports);
  const nextBody = inTurn(bodies);
  return {
    reads: [
      {
        method: 'GET',
        headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' },
        setupRequest: (request) => ({ ...request, path: nextPassport() }),
      },
    ],
    posts: [
      {
        method: 'POST',
        path: '/v1/events',
        headers: { 'content-type': 'application/jose' },
        setupRequest: (request) => ({ ...request, body: nextBody() }),
      },
    ],
  };
};

const rows = async (ready: Ready): Promise<readonly Row[]> => {
  const { url, bareUrl, bodies } = ready;
  const { reads, posts } = requestsTo(ready);
  const bare: Requests = [{ method: 'GET', path: '/bare' }];
  const measured: { bare: number[]; read: number[]; post: number[] } = { bare: [], read: [], post: [] };
  await fire(url, reads, { duration: 2 });
  for (let round = 0; round < ROUNDS; round++) {
    measured.bare.push((await fire(bareUrl, bare)).rate);
    measured.read.push((await fire(url, reads)).rate);
    measured.post.push((await fire(url, posts, { amount: Math.floor(bodies.length / ROUNDS) })).rate);
  }
  const [bareRate, readRate, postRate] = [median(measured.bare), median(measured.read), median(measured.post)];
  // Few connections: with many, the load generator itself bunches what it sends at a fixed rate.
  const half = await fire(url, reads, { overallRate: Math.round(readRate / 2), connections: 8 });
  return [
    {
      goal: 'P6',
      name: 'passport read (gate and durable disclosure) against a bare GET of the size',
      limit: bareRate,
      ours: readRate,
      ratio: readRate / bareRate,
      target: 0.4,
      unit: 'requests/s',
    },
    {
      goal: 'P6',
      name: 'passport read at half load, p99 (limit 25 ms; ratio limit/ours)',
      limit: 25,
      ours: half.p99,
      ratio: 25 / Math.max(half.p99, 0.1),
      target: 1,
      unit: 'ms',
    },
    {
      goal: 'P6',
      name: 'POST of single events, 64 connections, against 2,500/s',
      limit: 2500,
      ours: postRate,
      ratio: postRate / 2500,
      target: 1,
      unit: 'events/s',
    },
  ];
};

export const httpBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-http-'));
  const { child, ready } = await served(folder);
  try {
    return await rows(ready);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
};
