// The served side of lists-grown.bench.ts, in a process of its own: a broker to which ever more learners' whole stories are told. Half of
// them have one adviser, half another. Sent a number, it tells until there are so many, and answers with its address and a token.
import { fileURLToPath } from 'node:url';
import { type EventToSend, signEvents, type SigningKey, toEvent } from '#client';
import type * as models from '#read-models';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import { populate, ulnOf } from './told-town.ts';

const built = (file: string): string => fileURLToPath(new URL(`../../dist/${file}.js`, import.meta.url));
const { openNode } = (await import(built('apps/broker/node'))) as typeof nodes;
const { parseConfig } = (await import(built('apps/broker/config'))) as typeof configs;
const { startServer } = (await import(built('apps/broker/server'))) as typeof servers;
const { allProjectors } = (await import(built('libs/read-models/index'))) as typeof models;

const BATCH = 50;
const CATCH_UP_MS = 1_200_000;

const storyOf = (n: number): readonly (readonly EventToSend[])[] => {
  const [subject, programmeId] = [`uln:${ulnOf(n)}`, `e-${n}`];
  const person = { givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
  const started = { programmeId, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-10', plannedEnd: '2027-07-01' } as const;
  const held = { reviewId: `v-${n}`, programmeId, heldOn: '2026-10-10', attendees: ['learner'], summary: 'Well.' };
  return [
    [
      { type: 'learner.registered', subject, data: { localId: `c-${n}`, uln: ulnOf(n), ...person } },
      { type: 'learner.adviser-assigned', subject, data: { name: 'Adviser', role: 'personal-adviser', staffId: `s-${n % 2}` } },
      { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: 'forge', route: 'connexions' } },
    ],
    [
      { type: 'learner.registered', subject, data: { localId: `p-${n}`, uln: ulnOf(n), ...person } },
      { type: 'programme.started', subject, data: started },
      { type: 'review.held', subject, data: held },
      { type: 'review.scheduled', subject, data: { reviewId: `w-${n}`, programmeId, on: '2026-12-10' } },
    ],
    [{ type: 'adviser.informed', subject, data: { programmeId, on: '2026-09-12' } }],
  ];
};

const node = await openNode(
  parseConfig({
    CONCORDAT_DATA: process.argv[2] ?? '',
    PORT: '0',
    CONCORDAT_ISSUER: 'http://bench.example',
    CONCORDAT_RATE_LIMIT: '1000000000',
  }),
  { projecting: true },
);
const keys = await populate(node);
const server = await startServer(node);
let told = 0;

const tellUntil = async (many: number): Promise<void> => {
  for (; told < many; told += BATCH) {
    const stories = Array.from({ length: BATCH }, (_, n) => storyOf(told + n));
    for (const part of [0, 1, 2]) {
      const agency = part === 1 ? 'forge' : 'careers';
      const events = stories.flatMap((story) => story[part] ?? []).map((event) => toEvent(agency, event));
      const receipts = await node.intake.receive(Buffer.from(await signEvents(events, keys.get(agency) as SigningKey)), 'http');
      const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
      if (wrong) throw new Error(JSON.stringify(wrong));
    }
  }
  const head = await node.store.head();
  for (const { name } of allProjectors)
    if (!(await node.projections.waitFor(name, head, CATCH_UP_MS))) throw new Error(`${name} stands still.`);
};

process.on('message', (message: unknown) => {
  if (message === 'used') {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1000, bytes: process.memoryUsage.rss() });
    return;
  }
  void tellUntil(Number(message)).then(async () =>
    process.send?.({ url: server.url, token: await node.tokens.issue({ agency: 'careers' }) }),
  );
});
