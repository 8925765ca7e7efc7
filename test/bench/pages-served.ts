// The served side of pages.bench.ts, in a process of its own: a broker with all its views, whose log holds so many events. Told first whom
// to believe; answers with its address, who may sign in, and whom and what the pages are about.
import { existsSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEARNERS_OWN } from '#access';
import { fixedClock, type LearnerId } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import type * as models from '#read-models';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import type { DemoPerson } from '../../apps/cli/demo/sign-in/demo-people.ts';
import { adviserOf, foundPartnership, tellPartnership } from './pages-town.ts';
import { ulnOf } from './told-town.ts';

type Node = nodes.BrokerNode;

export interface ServedPages {
  readonly url: string;
  readonly audience: string;
  readonly people: readonly DemoPerson[];
  /** Events in the log, and learners whom they are about. */
  readonly events: number;
  readonly learners: number;
  /** As the partnership's officer names them, one in so many. */
  readonly references: readonly string[];
  readonly openedMs: number;
}

// Whoever measured has gone, also while the log is still being made.
process.once('disconnect', () => process.exit());

const built = (file: string): string => new URL(`../../dist/${file}.js`, import.meta.url).href;
const { openNode } = (await import(built('apps/broker/node'))) as typeof nodes;
const { parseConfig } = (await import(built('apps/broker/config'))) as typeof configs;
const { startServer } = (await import(built('apps/broker/server'))) as typeof servers;
const { allProjectors } = (await import(built('libs/read-models/index'))) as typeof models;

const [folder = '', events = '0', issuer = '{}'] = process.argv.slice(2);
const config = parseConfig({
  CONCORDAT_DATA: folder,
  PORT: '0',
  CONCORDAT_ISSUER: 'http://bench.example',
  CONCORDAT_RATE_LIMIT: '1000000000',
  ...(JSON.parse(issuer) as Readonly<Record<string, string>>),
});
const told = join(folder, 'told.json');
const DAY = 86_400_000;
const MONTHS_MS = 270 * DAY;
const CATCH_UP_MS = 3_600_000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A version of the E2E passport under which providers are shown less. */
const draftNarrower = async (node: Node): Promise<void> => {
  const shipped = shippedProtocols().find(({ id }) => id === 'e2e-passport');
  if (shipped === undefined) throw new Error('It ships no more.');
  const flows = shipped.flows.map((flow) =>
    flow.id === 'EP4' ? { ...flow, to: flow.to.map((to) => ({ ...to, roles: to.roles.filter((role) => role !== 'provider') })) } : flow,
  );
  await node.protocols.draft({ ...shipped, version: 2, flows });
};

if (!existsSync(told)) {
  const until = Math.floor(Date.now() / DAY - 1) * DAY;
  const clock = fixedClock(until - MONTHS_MS);
  const before = await openNode(config, { clock, reacting: true });
  const keys = await foundPartnership(before);
  const parts = { node: before, keys, setTime: (at: number) => clock.set(at) };
  const learners = await tellPartnership(parts, Number(events), { from: until - MONTHS_MS, until });
  await draftNarrower(before);
  await before.close();
  writeFileSync(told, JSON.stringify({ learners }));
  say(`told of ${learners} learners in ${Math.round(process.uptime())} s`);
}
const { learners } = JSON.parse(readFileSync(told, 'utf8')) as { readonly learners: number };

// Opened anew: nothing of any learner is in memory.
const began = performance.now();
const node = await openNode(config, { projecting: true, reacting: true });
const openedMs = performance.now() - began;
const server = await startServer(node);
const head = await node.store.head();
for (const { name } of allProjectors)
  if (!(await node.projections.waitFor(name, head, CATCH_UP_MS))) throw new Error(`${name} stands still.`);
say(`views are there after ${Math.round((performance.now() - began) / 1000)} s`);

const learnerAt = async (n: number): Promise<LearnerId> => {
  const named = await node.namedLearners.find({ agency: 'careers', ref: `uln:${ulnOf(n)}` });
  if (!named.ok) throw new Error('Nobody has this number.');
  return named.value;
};
const REFERENCES = 400;
const some = await Promise.all(Array.from({ length: REFERENCES }, (_, n) => learnerAt(Math.floor(((n + 0.5) * learners) / REFERENCES))));

const person = (id: string, opens: string, claims: DemoPerson['claims']): DemoPerson => ({ id, name: id, says: id, opens, claims });
const member = (id: string, agency: string, roles: readonly string[], opens = '/staff'): DemoPerson =>
  person(id, opens, { agency, staff_id: id, roles });
const people = [
  person('officer', '/dpo', { office: 'dpo-partnership', staff_id: 'officer' }),
  person('manager', '/data', { office: 'data-manager', staff_id: 'manager' }),
  member(adviserOf(5), 'careers', ['personal-adviser']),
  person('learner', '/me', { learner: node.pseudonyms.of(LEARNERS_OWN, some[200] as LearnerId) }),
  person('careers-officer', '/dpo', { office: 'dpo-of:careers', staff_id: 'careers-officer' }),
  member('forge-3', 'forge', ['key-worker']),
  member('planner', 'lsc-wv', ['planner'], '/plan'),
  member('administrator', 'careers', ['administrator'], '/agency'),
];
const ready: ServedPages = {
  ...{ url: server.url, audience: config.issuerUrl, people, events: head, learners, openedMs },
  references: some.map((learner) => node.pseudonyms.of('operator:dpo-partnership', learner)),
};
/** Asked around each page: milliseconds of CPU used so far. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1000);
});
process.send?.(ready);
