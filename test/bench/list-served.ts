// The served side of list.bench.ts, in a process of its own: a broker whose view of a list holds 100,000 learners of one agency. Those on
// the first pages have their whole story in the log; of the rest the views alone know, behind them in the order of the list.
import { randomUUID } from 'node:crypto';
import { type EventToSend, signEvents, type SigningKey, toEvent } from '#client';
import type * as models from '#read-models';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import { populate, ulnOf } from './told-town.ts';

type Node = nodes.BrokerNode;

const built = (file: string): string => new URL(`../../dist/${file}.js`, import.meta.url).href;
const { openNode } = (await import(built('apps/broker/node'))) as typeof nodes;
const { parseConfig } = (await import(built('apps/broker/config'))) as typeof configs;
const { startServer } = (await import(built('apps/broker/server'))) as typeof servers;
const { allLists, allProjectors, RowChanges } = (await import(built('libs/read-models/index'))) as typeof models;

const LEARNERS = 100_000;
const TOLD = 1000;
const BATCH = 50;

/** What careers tells, the provider, and careers again. */
const storyOf = (n: number): readonly (readonly EventToSend[])[] => {
  const [subject, programmeId] = [`uln:${ulnOf(n)}`, `e-${n}`];
  const person = { givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
  return [
    [
      { type: 'learner.registered', subject, data: { localId: `c-${n}`, uln: ulnOf(n), ...person } },
      { type: 'learner.adviser-assigned', subject, data: { name: 'Adviser', role: 'personal-adviser', staffId: 's-1' } },
      { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: 'forge', route: 'connexions' } },
    ],
    [
      { type: 'learner.registered', subject, data: { localId: `p-${n}`, uln: ulnOf(n), ...person } },
      {
        type: 'programme.started',
        subject,
        data: { programmeId, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-10', plannedEnd: '2027-07-01' },
      },
      {
        type: 'review.held',
        subject,
        data: { reviewId: `v-${n}`, programmeId, heldOn: '2026-10-10', attendees: ['learner'], summary: 'Well.' },
      },
      { type: 'review.scheduled', subject, data: { reviewId: `w-${n}`, programmeId, on: '2026-12-10' } },
    ],
    [{ type: 'adviser.informed', subject, data: { programmeId, on: '2026-09-12' } }],
  ];
};

const tell = async (node: Node, keys: ReadonlyMap<string, SigningKey>): Promise<void> => {
  for (let first = 0; first < TOLD; first += BATCH) {
    const stories = Array.from({ length: BATCH }, (_, n) => storyOf(first + n));
    for (const part of [0, 1, 2]) {
      const agency = part === 1 ? 'forge' : 'careers';
      const events = stories.flatMap((story) => story[part] ?? []).map((event) => toEvent(agency, event));
      const receipts = await node.intake.receive(Buffer.from(await signEvents(events, keys.get(agency) as SigningKey)), 'http');
      const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
      if (wrong) throw new Error(JSON.stringify(wrong));
    }
  }
};

const LIST = process.env['BENCH_LIST'] ?? 'caseload';
const [list, tiesView] = [allLists.find(({ name }) => name === LIST), allProjectors.find(({ name }) => name === 'ties')];
if (!list || !tiesView) throw new Error(`There is no list ${LIST}.`);
const [{ view }, table, parties] = [list, list.view.tables[0] as models.TableShape, tiesView.tables[0] as models.TableShape];

/** Values of a row that comes behind all others: of an anchor, or of a learner of whom nobody is informed. */
const rowOf = (learner: string): models.Row => {
  const assigned = { says: 'assigned', role: 'personal-adviser', day: null, words: '' };
  if (LIST === 'caseload') return { learner, revision: 0, agency: 'careers', category: 'adviser', ...assigned };
  const [type = ''] = list.items.anchor;
  return { learner, revision: 0, type, source: 'careers', category: 'x', day: '2026-11-01', known_at: 0 };
};

/** Rows of learners who come behind all others, with whom the agency has to do. */
const fillViews = async (node: Node): Promise<void> => {
  const head = await node.store.head();
  for (const { name } of [view, tiesView]) {
    if (!(await node.projections.waitFor(name, head, 120_000))) throw new Error('A view stands still.');
  }
  const learners = Array.from({ length: LEARNERS - TOLD }, () => randomUUID());
  await fill(
    node,
    view,
    learners.map((learner) => ({ verb: 'put', table, row: rowOf(learner) })),
  );
  const tie = { agency: 'careers', category: 'x', since: 0 };
  await fill(
    node,
    tiesView,
    learners.map((learner) => ({ verb: 'put', table: parties, row: { ...tie, learner } })),
  );
};

const fill = async (node: Node, shape: models.ViewShape, changes: readonly models.RowChange[]): Promise<void> => {
  const views = node.views as models.ViewStore;
  const { generation, position } = (await views.current(shape)) ?? { generation: 0, position: 0 };
  await views.commit([{ view: shape, generation, from: position, to: position, changes: RowChanges.of(shape, changes) }]);
};

const config = parseConfig({
  CONCORDAT_DATA: process.argv[2] ?? '',
  PORT: '0',
  CONCORDAT_ISSUER: 'http://bench.example',
  CONCORDAT_RATE_LIMIT: '1000000000',
});
const before = await openNode(config, { projecting: true });
await tell(before, await populate(before));
await fillViews(before);
await before.close();
// Opened anew: no learner's file is in memory.
const node = await openNode(config, { projecting: true });
const server = await startServer(node);
/** Asked between pages: what the process has used of processors so far, in milliseconds. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1000 });
});
process.send?.({ url: server.url, token: await node.tokens.issue({ agency: 'careers' }), pages: TOLD / 100 });
