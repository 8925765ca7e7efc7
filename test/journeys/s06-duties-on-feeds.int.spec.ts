// Duties that are overdue reach their bearer on the feed: once, by the clock, whatever happens to the broker meanwhile (views.md, part 4).
import { jest } from '@jest/globals';
import { DISCLOSURE_DECIDED, replay } from '#disclosure';
import type { OverdueDutyData } from '#egress';
import { fixedClock } from '#kernel';
import { FeedTown } from './feed-town.ts';
import { allDecisions } from './recorded-decisions.ts';
import { registration, ulnOf } from './town.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';

jest.setTimeout(120_000);

const uln = ulnOf(1);
const clock = fixedClock(MORNING);
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock, following: true }, ['careers', 'forge']);
  const { town } = feeds;
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'));
  await town.tell('forge', registration(uln, 'f-1'), programme(uln, 'p-1', { startedOn: '2026-10-01' }));
  await town.tell('careers', about(uln, 'adviser.informed', { programmeId: 'p-1', on: '2026-10-01' }));
  await feeds.caughtUp();
});
afterAll(() => feeds.close());

const dutyIn = (name: string): string => name.split('/').at(-1) ?? '';

const isDuty = ([key]: readonly [string, unknown]): boolean => key.startsWith('duty:');

/** Of each that is on the feed and about a programme the duty, its last day in time, and when it says it was overdue. */
const dutiesOn = async (agency: string): Promise<readonly (readonly [string, string, string | undefined])[]> => {
  await feeds.caughtUp();
  const items = [...(await feeds.read(agency))].filter(isDuty).filter(([, { data }]) => 'programmeId' in data);
  return items.map(
    ([, { data, time }]) => [(data as unknown as OverdueDutyData).duty, (data as unknown as OverdueDutyData).due, time] as const,
  );
};
/** Of the messages that ever arrived: raised and taken away. */
const told = (agency: string): readonly string[] =>
  feeds.kept.arrived.flatMap(({ recipient, key, value }) =>
    recipient === agency && key.startsWith('duty:') ? [`${value === null ? '-' : '+'}${key.split('/').at(-1)}`] : [],
  );

it('is raised as the day after its last in time begins in London, to whoever bears it alone', async () => {
  clock.set(Date.parse('2026-10-15T22:59:59Z')); // still the 15th in London, where it is summer
  feeds.runner.tick();
  expect(await dutiesOn('careers')).toEqual([]);
  clock.set(Date.parse('2026-10-15T23:00:00Z'));
  const since = performance.now();
  feeds.runner.tick();
  expect(await dutiesOn('careers')).toEqual([['follow-up', '2026-10-15', '2026-10-15T23:00:00.000Z']]);
  expect(performance.now() - since).toBeLessThan(2000);
  expect(await dutiesOn('forge')).toEqual([]);
});

it('says whom it is about, what is to be done and by which agreement, under the name that the list of duties has', async () => {
  const all = [...(await feeds.read('careers'))].filter(isDuty);
  const [key, event] = all.find(([name]) => name.endsWith('/follow-up')) ?? ['', undefined];
  expect(event).toMatchObject({
    id: key,
    type: 'uk.concordat.duty.overdue.v1',
    localid: 'c-1',
    protocol: 'e2e-passport@1#follow-up',
    data: { duty: 'follow-up', of: 'forge', programmeId: 'p-1', since: '2026-10-01', byFallback: false },
  });
  const { server } = feeds.town;
  await feeds.town.node.projections.waitFor('duties', await feeds.town.node.store.head(), 10_000);
  const listed = await fetch(`${server.url}/v1/duties?state=overdue&bearer=me`, {
    headers: {
      authorization: `Bearer ${await feeds.town.tokenOf('careers')}`,
      purpose: 'support-learner, deliver-programme, plan-learning',
    },
  });
  const { rows } = (await listed.json()) as { readonly rows: readonly { readonly dutyId: string }[] };
  expect(new Set(rows.map(({ dutyId }) => `duty:${dutyId}`))).toEqual(new Set(all.map(([name]) => name)));
});

it('goes once it is done, and comes at once where what makes it overdue is told too late', async () => {
  await feeds.town.tell('careers', about(uln, 'follow-up.made', { programmeId: 'p-1', on: '2026-10-15', by: 'Pat', outcome: 'well' }));
  expect(await dutiesOn('careers')).toEqual([]);
  await feeds.town.tell('careers', about(uln, 'adviser.informed', { programmeId: 'p-1', on: '2026-10-01' }));
  expect(await dutiesOn('careers')).toEqual([]); // the follow-up was made after that day
  await feeds.town.tell('forge', programme(uln, 'p-2', { startedOn: '2026-09-20' }));
  await feeds.town.tell('careers', about(uln, 'adviser.informed', { programmeId: 'p-2', on: '2026-09-25' }));
  expect((await dutiesOn('careers')).map(([duty, due]) => [duty, due])).toEqual([['follow-up', '2026-10-09']]);
});

it('that fell due while nobody ran is raised once, with its true day', async () => {
  const before = told('careers').length;
  await feeds.stop();
  clock.set(Date.parse('2026-11-20T10:00:00Z'));
  feeds.start();
  const duties = await dutiesOn('careers');
  expect(duties).toContainEqual(['sign-off', '2026-10-29', '2026-10-30T00:00:00.000Z']);
  const raised = told('careers').slice(before);
  expect(raised.filter((one) => one === '+sign-off').length).toBe(duties.filter(([duty]) => duty === 'sign-off').length);
  await feeds.stop();
  feeds.start();
  expect(await dutiesOn('careers')).toEqual(duties);
  expect(told('careers').slice(before)).toEqual(raised);
  expect((await dutiesOn('forge')).map(([duty]) => duty)).toContain('first-review');
});

it('comes out the same of a ledger that was made anew, under the same keys', async () => {
  const contents = await feeds.contents('careers', 'forge');
  expect(await feeds.afresh('careers', 'forge')).toEqual(contents);
});

it('is void with the programme, and of each change there is a decision that replays', async () => {
  await feeds.town.tell('forge', about(uln, 'programme.left-early', { programmeId: 'p-1', leftOn: '2026-11-19', reason: 'personal' }));
  await feeds.town.tell('forge', about(uln, 'programme.left-early', { programmeId: 'p-2', leftOn: '2026-11-19', reason: 'personal' }));
  const left = (await dutiesOn('careers')).map(([duty]) => duty);
  expect(left).not.toContain('sign-off');
  expect(left).not.toContain('follow-up');
  const changes = (await allDecisions(feeds.town)).flatMap(({ decided }) => (decided.changes === undefined ? [] : [decided.changes]));
  const names = (all: readonly (readonly string[] | undefined)[]): readonly string[] => all.flatMap((some) => some ?? []).map(dutyIn);
  expect(names(changes.map(({ dutiesOverdue }) => dutiesOverdue))).toEqual(
    expect.arrayContaining(['follow-up', 'sign-off', 'first-review']),
  );
  expect(names(changes.map(({ dutiesDone }) => dutiesDone))).toEqual(expect.arrayContaining(['follow-up', 'sign-off']));
  for (const event of await feeds.town.node.store.readAll({ limit: 10_000 })) {
    if (event.type !== DISCLOSURE_DECIDED) continue;
    const again = await replay(feeds.town.node, event);
    expect(again?.again).toEqual(again?.recorded);
  }
});
