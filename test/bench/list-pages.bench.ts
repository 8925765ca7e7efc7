// CPU of the process for pages of lists that rest on much, and for an export whose files do not fit in memory: in process, over HTTP
// (`BENCH_LEARNERS`, 3,000 where nothing is said; `BENCH_FOLDER` keeps the log; `BENCH_CACHED` learners are held, `BENCH_CACHE_MB`).
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventToSend, signEvents, type SigningKey, toEvent } from '#client';
import type * as models from '#read-models';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import { median, type Row } from './row.ts';
import { populate, tellStories, ulnOf } from './told-town.ts';

type Node = nodes.BrokerNode;

const [LEARNERS, CACHED, CACHE_MB] = [
  Number(process.env['BENCH_LEARNERS'] ?? 3000),
  process.env['BENCH_CACHED'] ?? '100000',
  process.env['BENCH_CACHE_MB'] ?? '128',
];
const [PAGES, ROUNDS, BATCH, CATCH_UP_MS] = [5, 4, 50, 1_200_000];
/** Of one in so many an award is recorded twice: an issue. */
const TWICE = 20;
const ASKED: readonly (readonly [list: string, agency: string, purposes: string])[] = [
  ['data-quality/issues', 'careers', 'assure-data-quality'],
  ['data-quality/issues', 'forge', 'assure-data-quality'],
  ['data-quality/duplicates', 'forge', 'assure-data-quality'],
  ['duties', 'careers', 'support-learner, deliver-programme'],
  ['duties', 'forge', 'support-learner, deliver-programme'],
  ['caseload', 'careers', 'support-learner, deliver-programme'],
  ['reviews', 'forge', 'support-learner, deliver-programme'],
];

const built = <Module>(file: string): Promise<Module> => import(new URL(`../../dist/${file}.js`, import.meta.url).href) as Promise<Module>;

const award = (n: number, achievementId: string): EventToSend => ({
  type: 'achievement.recorded',
  subject: `uln:${ulnOf(n)}`,
  data: { achievementId, kind: 'accredited', title: 'Food Safety', level: 'level-1', awardedOn: '2026-10-20' },
});

const awards = (n: number): readonly EventToSend[] => [award(n, `x-${n}`), award(n, `y-${n}`)].slice(0, n % TWICE === 0 ? 2 : 1);

const tell = async (node: Node): Promise<void> => {
  const keys = await populate(node);
  await tellStories(node, keys, LEARNERS);
  for (let first = 0; first < LEARNERS; first += BATCH) {
    const events = Array.from({ length: Math.min(BATCH, LEARNERS - first) }, (_, n) => awards(first + n)).flat();
    const message = await signEvents(
      events.map((event) => toEvent('forge', event)),
      keys.get('forge') as SigningKey,
    );
    const receipts = await node.intake.receive(Buffer.from(message), 'http');
    const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
    if (wrong) throw new Error(JSON.stringify(wrong));
  }
};

const caughtUp = async (node: Node, projectors: typeof models.allProjectors): Promise<void> => {
  const head = await node.store.head();
  for (const { name } of projectors)
    if (!(await node.projections.waitFor(name, head, CATCH_UP_MS))) throw new Error(`${name} stands still.`);
};

/** Milliseconds of all threads. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const told = (name: string, ours: number, unit: string): Row => ({
  goal: 'list-pages',
  name,
  limit: ours,
  ours,
  ratio: 1,
  target: 0,
  unit,
});

interface Asking {
  readonly url: string;
  readonly token: string;
  readonly list: string;
  readonly purposes: string;
}

const ask = ({ url, token, list, purposes }: Asking, search: string, accept: string): Promise<Response> =>
  fetch(`${url}/v1/${list}?${search}`, { headers: { authorization: `Bearer ${token}`, purpose: purposes, accept } });

/** The first pages, as many as there are of so many; rows, and CPU of each. */
const pagesOf = async (asking: Asking): Promise<{ readonly rows: number; readonly cpus: readonly number[] }> => {
  const cpus: number[] = [];
  let rows = 0;
  for (let cursor: string | undefined = ''; cursor !== undefined && cpus.length < PAGES;) {
    const before = cpu();
    const response = await ask(asking, `limit=100${cursor}`, 'application/json');
    const page = (await response.json()) as { readonly rows?: readonly unknown[]; readonly next?: string };
    if (page.rows === undefined) throw new Error(`${asking.list}: ${response.status}`);
    cpus.push(cpu() - before);
    rows += page.rows.length;
    cursor = page.next === undefined ? undefined : `&cursor=${encodeURIComponent(page.next)}`;
  }
  return { rows, cpus };
};

const measured = async (asking: Asking, agency: string): Promise<readonly Row[]> => {
  const first = await pagesOf(asking);
  const cpus: number[] = [];
  for (let round = 1; round < ROUNDS; round++) cpus.push(...(await pagesOf(asking)).cpus);
  const of = `${asking.list} for ${agency}`;
  return [
    told(`${of}, rows of its first pages`, first.rows, 'rows'),
    told(`${of}, CPU a page, the first time`, median(first.cpus), 'ms'),
    told(`${of}, CPU a page afterwards`, median(cpus), 'ms'),
  ];
};

const exported = async (asking: Asking): Promise<readonly Row[]> => {
  const [before, began] = [cpu(), performance.now()];
  const lines = (await (await ask(asking, '', 'text/csv')).text()).split('\r\n').length - 2;
  const [cpuSeconds, seconds] = [(cpu() - before) / 1000, (performance.now() - began) / 1000];
  return [
    told('rows of an export of the caseload', lines, 'rows'),
    told('its rows a CPU second', lines / cpuSeconds, 'rows/s'),
    told('its rows a second', lines / seconds, 'rows/s'),
  ];
};

export const listPagesBench = async (): Promise<readonly Row[]> => {
  const { openNode } = await built<typeof nodes>('apps/broker/node');
  const { parseConfig } = await built<typeof configs>('apps/broker/config');
  const { startServer } = await built<typeof servers>('apps/broker/server');
  const { allProjectors } = await built<typeof models>('libs/read-models/index');
  const kept = process.env['BENCH_FOLDER'];
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'bench-list-pages-'));
  const settings = { CONCORDAT_DATA: folder, PORT: '0', CONCORDAT_ISSUER: 'http://bench.example', CONCORDAT_RATE_LIMIT: '1000000000' };
  const config = parseConfig({ ...settings, CONCORDAT_CACHED_LEARNERS: CACHED, CONCORDAT_CACHE_MB: CACHE_MB });
  if (!existsSync(join(folder, 'log.sqlite'))) {
    const telling = await openNode(config, { projecting: true });
    await tell(telling);
    await caughtUp(telling, allProjectors);
    await telling.close();
  }
  const node = await openNode(config, { projecting: true });
  const server = await startServer(node);
  try {
    await caughtUp(node, allProjectors);
    const rows: Row[] = [];
    for (const [list, agency, purposes] of ASKED) {
      const token = await node.tokens.issue({ agency });
      rows.push(...(await measured({ url: server.url, token, list, purposes }, agency)));
    }
    const token = await node.tokens.issue({ agency: 'careers' });
    rows.push(...(await exported({ url: server.url, token, list: 'caseload', purposes: 'support-learner, deliver-programme' })));
    return rows;
  } finally {
    await server.close();
    await node.close();
    if (kept === undefined) rmSync(folder, { recursive: true });
  }
};
