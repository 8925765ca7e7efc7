// Pages of fifty withdrawals as their number grows (console.md, 5; ADR 66), in process, the first time after a start: nothing of the
// learners is in memory. `BENCH_SIZES`: how many withdrawals.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OfficeAsker } from '#access';
import { type EventToSend, signEvents, type SigningKey, toEvent } from '#client';
import type { UsesOf } from '#disclosure';
import { fixedClock } from '#kernel';
import type * as models from '#read-models';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import { foundPartnership } from './pages-town.ts';
import type { Row } from './row.ts';
import { summary, ulnOf } from './told-town.ts';

type Node = nodes.BrokerNode;

const built = (file: string): string => new URL(`../../dist/${file}.js`, import.meta.url).href;

const SIZES = (process.env['BENCH_SIZES'] ?? '1000,10000,50000').split(',').map(Number);
const LIMIT_MS = 300;
const ON_A_PAGE = 50;
const PAGES = 40;
const A_MESSAGE = 25;
const CATCH_UP_MS = 3_600_000;
const BEGAN = Date.UTC(2026, 8, 1, 9);
const OFFICER: OfficeAsker = { office: 'dpo-partnership', staff: 'officer' };
const CAREERS_OFFICER: OfficeAsker = { office: 'dpo-of:careers', staff: 'officer' };

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

const toldByCareers = (n: number): readonly EventToSend[] => {
  const subject = `uln:${ulnOf(n)}`;
  const person = { givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
  const scope = { protocol: 'e2e-passport', purposes: ['plan-learning'], categories: ['assessment'], recipients: ['provider'] };
  const form = {
    givenBy: 'learner',
    method: 'online',
    notice: { id: 'e2e', version: '1', language: 'en' },
    validFrom: '2026-09-01',
  } as const;
  const seen = { framework: 'initial', domain: 'literacy', instrument: 'BSA', assessedOn: '2026-09-01' } as const;
  return [
    { type: 'learner.registered', subject, data: { localId: `c-${n}`, uln: ulnOf(n), ...person } },
    { type: 'learner.adviser-assigned', subject, data: { name: 'Adviser', role: 'personal-adviser' } },
    { type: 'consent.given', subject, data: { consentId: `k-${n}`, ...scope, ...form } },
    {
      type: 'assessment.recorded',
      subject,
      data: { assessmentId: `a-${n}`, ...seen, assessor: { name: 'A', role: 'adviser' }, outcome: { level: 'entry-3', summary } },
    },
    { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: 'forge', route: 'connexions' } },
  ];
};

const toldByForge = (n: number): readonly EventToSend[] => [
  {
    type: 'programme.started',
    subject: `uln:${ulnOf(n)}`,
    data: { programmeId: `e-${n}`, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-01', plannedEnd: '2027-06-01' },
  },
];

const withdrawn = (n: number): EventToSend => ({
  type: 'consent.withdrawn',
  subject: `uln:${ulnOf(n)}`,
  data: { consentId: `k-${n}`, by: 'learner' },
});

const send = async (node: Node, by: string, key: SigningKey, events: readonly EventToSend[]): Promise<void> => {
  const time = new Date(node.clock.now()).toISOString();
  const complete = events.map((event) => toEvent(by, { ...event, time }));
  const receipts = await node.intake.receive(Buffer.from(await signEvents(complete, key)), 'http');
  const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
  if (wrong) throw new Error(JSON.stringify(wrong));
};

const readByForge = (node: Node, n: number): Promise<unknown> =>
  node.gate.ask({
    asker: { agency: 'forge', staff: `s-${n % 40}` },
    ref: `uln:${ulnOf(n)}`,
    purposes: ['plan-learning'],
    asked: 'passport',
    page: { after: 0, limit: 100 },
  });

/** Each learner's assessment is read twice on the ground of a consent, which is withdrawn then; and once more. */
const tell = async (node: Node, keys: ReadonlyMap<string, SigningKey>, span: { from: number; to: number }): Promise<void> => {
  const [careers, forge] = ['careers', 'forge'].map((slug) => keys.get(slug) as SigningKey) as [SigningKey, SigningKey];
  for (let first = span.from; first < span.to; first += A_MESSAGE) {
    const some = Array.from({ length: A_MESSAGE }, (_, n) => first + n);
    await send(node, 'careers', careers, some.flatMap(toldByCareers));
    await send(node, 'forge', forge, some.flatMap(toldByForge));
    for (let reads = 0; reads < 2; reads++) await Promise.all(some.map((n) => readByForge(node, n)));
    await send(node, 'careers', careers, some.map(withdrawn));
    await Promise.all(some.map((n) => readByForge(node, n)));
  }
};

interface Timed {
  readonly ms: number;
  readonly cpu: number;
  readonly rows: number;
}

interface Asking {
  readonly node: Node;
  readonly models: typeof models;
  readonly asker: OfficeAsker;
  readonly usesOf: UsesOf;
}

/** From the latest on, page by page. */
const pages = async ({ node, models: { proposeConsents }, asker, usesOf }: Asking): Promise<readonly Timed[]> => {
  const timed: Timed[] = [];
  const knownTo = asker === CAREERS_OFFICER ? { knownTo: 'careers' } : {};
  const propose = async (before: number, limit: number) =>
    (await proposeConsents(node.views, { kind: 'withdrawn', ...knownTo, ...(before === Infinity ? {} : { before }), limit })).rows;
  for (let place = Infinity; timed.length < PAGES;) {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const parameters = { limit: ON_A_PAGE };
    const shown = await node.oversight.withdrawals({ asker, parameters, place, limit: ON_A_PAGE, propose, usesOf });
    if (shown.outcome !== 'answered') throw new Error('An officer may ask.');
    const { user, system } = process.cpuUsage(cpu);
    timed.push({ ms: performance.now() - began, cpu: (user + system) / 1000, rows: shown.rows.length });
    if (shown.next === undefined) return timed;
    place = shown.next;
  }
  return timed;
};

const rowOf = (name: string, timed: readonly Timed[]): Row => {
  const cpus = timed.map(({ cpu }) => cpu);
  const ours = percentile(cpus, 0.95);
  const rows = timed.reduce((sum, page) => sum + page.rows, 0);
  const waits = timed.map(({ ms }) => ms);
  say(
    `${name}: ${rows} rows, CPU ${percentile(cpus, 0.5).toFixed(1)} and ${ours.toFixed(1)}, wait ${percentile(waits, 0.5).toFixed(1)} ms`,
  );
  const says = `${name}, CPU of a page, 95th percentile (median ${percentile(cpus, 0.5).toFixed(1)} ms)`;
  return { goal: 'withdrawals', name: says, limit: LIMIT_MS, ours, ratio: LIMIT_MS / ours, target: 1, unit: 'ms' };
};

export const withdrawalsBench = async (): Promise<readonly Row[]> => {
  const { openNode } = (await import(built('apps/broker/node'))) as typeof nodes;
  const { parseConfig } = (await import(built('apps/broker/config'))) as typeof configs;
  const read = (await import(built('libs/read-models/index'))) as typeof models;
  const folder = mkdtempSync(join(tmpdir(), 'bench-withdrawals-'));
  const config = parseConfig({
    CONCORDAT_DATA: folder,
    PORT: '0',
    CONCORDAT_ISSUER: 'http://bench.example',
    CONCORDAT_RATE_LIMIT: '1000000000',
  });
  const clock = fixedClock(BEGAN);
  const rows: Row[] = [];
  let keys: ReadonlyMap<string, SigningKey> | undefined;
  let told = 0;
  try {
    for (const size of SIZES) {
      const telling = await openNode(config, { clock, reacting: true });
      keys ??= await foundPartnership(telling);
      await tell(telling, keys, { from: told, to: size });
      told = size;
      await telling.close();
      rows.push(...(await measured({ size, node: await openNode(config, { clock, projecting: true }), read })));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const measured = async ({ size, node, read }: { size: number; node: Node; read: typeof models }): Promise<readonly Row[]> => {
  const head = await node.store.head();
  for (const { name } of read.allProjectors)
    if (!(await node.projections.waitFor(name, head, CATCH_UP_MS))) throw new Error(`${name} stands still.`);
  say(`${size} withdrawals in ${head} events`);
  const byView: UsesOf = (learner) => read.consentUses(node.views, learner);
  const asking = { node, models: read };
  const rows = [
    rowOf(`${size} withdrawals, the partnership’s officer`, await pages({ ...asking, asker: OFFICER, usesOf: byView })),
    rowOf(`${size} withdrawals, an agency’s officer`, await pages({ ...asking, asker: CAREERS_OFFICER, usesOf: byView })),
  ];
  await node.close();
  return rows;
};
