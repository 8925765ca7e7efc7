// A learner is handed over to another service: what its adviser had to do passes on, on the feed and in every list, with five more days for
// whoever takes over, whatever clocks do and whether or not anybody ran meanwhile (views.md, part 4; ADR 74).
import { jest } from '@jest/globals';
import type { OverdueDutyData } from '#egress';
import { addDays, fixedClock, type IsoDate } from '#kernel';
import { allProjectors } from '#read-models';
import { FeedTown } from './feed-town.ts';
import { about, adviser, linkAdviser, linkConfirmed, MORNING, programme, referral } from './told.ts';
import { registration, ulnOf } from './town.ts';

jest.setTimeout(180_000);

const [NORTH, SOUTH] = ['careers', 'careers-south'];
const uln = ulnOf(1);
const clock = fixedClock(MORNING);
let feeds: FeedTown;

const at = (moment: string): void => clock.set(Date.parse(moment));
const tell = (agency: string, ...events: Parameters<FeedTown['town']['tell']>[1][]) => feeds.town.tell(agency, ...events);

beforeAll(async () => {
  feeds = await FeedTown.open({ clock, following: true }, [NORTH, SOUTH, 'forge']);
  await tell(NORTH, registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'));
  await tell('forge', registration(uln, 'f-1'), programme(uln, 'p-1', { startedOn: '2026-10-01' }));
  await tell(NORTH, about(uln, 'adviser.informed', { programmeId: 'p-1', on: '2026-10-01' }));
});
afterAll(() => feeds.close());

/** Of each duty on an agency's feed that the journey is about: which, its last day in time, and when it says that it was overdue. */
const onFeed = async (agency: string, ...duties: readonly string[]): Promise<readonly unknown[]> => {
  feeds.runner.tick();
  await feeds.caughtUp();
  const all = [...(await feeds.read(agency))].filter(([key]) => key.startsWith('duty:'));
  return all
    .map(([, { data, time }]) => [data as unknown as OverdueDutyData, time] as const)
    .filter(([{ duty }]) => duties.includes(duty))
    .map(([{ duty, due }, time]) => [duty, due, time]);
};

/** Of the messages that ever came: raised and taken away. */
const told = (agency: string, duty: string): readonly string[] =>
  feeds.kept.arrived.flatMap(({ recipient, key, value }) =>
    recipient === agency && key.startsWith('duty:') && key.endsWith(`/${duty}`) ? [value === null ? '-' : '+'] : [],
  );

type Row = Readonly<Record<string, unknown>>;

const rows = async (agency: string, path: string, on?: IsoDate): Promise<readonly Row[]> => {
  const { node, server } = feeds.town;
  const head = await node.store.head();
  for (const { name } of allProjectors) await node.projections.waitFor(name, head, 20_000);
  const headers = {
    authorization: `Bearer ${await feeds.town.tokenOf(agency)}`,
    purpose: 'support-learner, deliver-programme, plan-learning, track-participation',
  };
  const response = await fetch(`${server.url}/v1/${path}${on === undefined ? '' : `${path.includes('?') ? '&' : '?'}on=${on}`}`, {
    headers,
  });
  return ((await response.json()) as { readonly rows?: readonly Row[] }).rows ?? [];
};
const dutyOf = async (agency: string, duty: string, on?: IsoDate) =>
  (await rows(agency, `duties?duty=${duty}`, on)).map(({ bearer, due, state }) => [bearer, due, state]);

it('is overdue at the service that had the learner', async () => {
  at('2026-10-16T00:30:00Z');
  expect(await onFeed(NORTH, 'follow-up')).toEqual([['follow-up', '2026-10-15', '2026-10-15T23:00:00.000Z']]);
  expect(await dutyOf(NORTH, 'follow-up')).toEqual([['me', '2026-10-15', 'overdue']]);
});

it('goes from its feed with the hand-over, and is open at the other service', async () => {
  at('2026-10-20T09:00:00Z');
  await tell(NORTH, referral(uln, SOUTH));
  await tell(SOUTH, registration(uln, 's-1'), adviser(uln));
  expect([await onFeed(NORTH, 'follow-up'), told(NORTH, 'follow-up')]).toEqual([[], ['+', '-']]);
  expect(await onFeed(SOUTH, 'follow-up', 'sign-off')).toEqual([]);
  expect(await dutyOf(SOUTH, 'follow-up')).toEqual([['me', '2026-10-25', 'open']]);
  expect((await dutyOf(NORTH, 'follow-up')).filter(([bearer]) => bearer === 'me')).toEqual([]);
});

it('is told likewise by every list that tells the term', async () => {
  expect(await rows(SOUTH, 'follow-ups')).toMatchObject([{ due: '2026-10-25', state: 'open' }]);
  const [{ followUp, attention } = {}] = await rows(SOUTH, 'caseload');
  expect([followUp, attention]).toMatchObject([{ due: '2026-10-25', state: 'open' }, []]);
  // Four weeks from the start are later than five days from the hand-over.
  expect(await rows(SOUTH, 'sign-offs?state=to-sign', '2026-10-30')).toMatchObject([{ due: '2026-10-29', overdue: true }]);
  expect(await dutyOf(SOUTH, 'sign-off')).toEqual([['me', '2026-10-29', 'open']]);
});

describe('the sixth day begins in London, on the night in which clocks went back', () => {
  it.each([
    ['2026-10-25T00:30:00Z', 'open'],
    ['2026-10-25T23:30:00Z', 'open'],
    ['2026-10-26T00:30:00Z', 'overdue'],
  ])('at %s it is %s', async (moment, state) => {
    at(moment);
    expect(await dutyOf(SOUTH, 'follow-up')).toEqual([['me', '2026-10-25', state]]);
    expect(await rows(SOUTH, 'follow-ups')).toMatchObject([{ state }]);
    const overdue = state === 'overdue' ? [['follow-up', '2026-10-25', '2026-10-26T00:00:00.000Z']] : [];
    expect([await onFeed(SOUTH, 'follow-up'), await onFeed(NORTH, 'follow-up')]).toEqual([overdue, []]);
  });
});

it('that fell due for one, and passed on, while nobody ran is raised once, for whoever bears it then', async () => {
  await feeds.stop();
  at('2026-11-03T09:00:00Z');
  await tell(NORTH, adviser(uln));
  at('2026-11-20T09:00:00Z');
  feeds.start();
  // The hand-over gave until 8 November; four weeks from the start passed before.
  const due = addDays('2026-11-03', 5);
  expect(await onFeed(NORTH, 'sign-off', 'follow-up')).toEqual(
    expect.arrayContaining([
      ['sign-off', due, '2026-11-09T00:00:00.000Z'],
      ['follow-up', due, '2026-11-09T00:00:00.000Z'],
    ]),
  );
  expect([await onFeed(SOUTH, 'sign-off', 'follow-up'), told(SOUTH, 'sign-off'), told(SOUTH, 'follow-up')]).toEqual([[], [], ['+', '-']]);
  expect([told(NORTH, 'sign-off'), told(NORTH, 'follow-up')]).toEqual([['+'], ['+', '-', '+']]);
  await feeds.stop();
  feeds.start();
  await onFeed(NORTH);
  expect([told(NORTH, 'sign-off'), told(NORTH, 'follow-up')]).toEqual([['+'], ['+', '-', '+']]);
  expect((await dutyOf(NORTH, 'sign-off')).concat(await dutyOf(NORTH, 'follow-up'))).toEqual(Array(2).fill(['me', due, 'overdue']));
});

it('comes out the same of a ledger that was made anew', async () => {
  const contents = await feeds.contents(NORTH, SOUTH, 'forge');
  expect(await feeds.afresh(NORTH, SOUTH, 'forge')).toEqual(contents);
});

it('passes to the link adviser’s service on the day that was announced, with nothing more told, and is raised there', async () => {
  await tell(SOUTH, linkAdviser('forge'));
  await tell('forge', linkConfirmed(SOUTH));
  await tell(NORTH, about(uln, 'learner.adviser-ended', { role: 'personal-adviser', on: '2026-11-28' }));
  at('2026-11-27T23:30:00Z');
  expect((await onFeed(NORTH, 'sign-off')).length).toBe(1);
  at('2026-11-28T00:30:00Z');
  expect([await onFeed(NORTH, 'sign-off'), await onFeed(SOUTH, 'sign-off')]).toEqual([[], []]);
  expect(await dutyOf(SOUTH, 'sign-off')).toEqual([['me', '2026-12-03', 'open']]);
  at('2026-12-04T00:30:00Z');
  expect(await onFeed(SOUTH, 'sign-off')).toEqual([['sign-off', '2026-12-03', '2026-12-04T00:00:00.000Z']]);
  expect((await rows(SOUTH, 'duties?duty=sign-off')).map(({ byFallback }) => byFallback)).toEqual([true]);
});

it('is told to nobody else: neither that it passed on nor that anybody has the learner', async () => {
  expect([await rows('careers-south', 'duties?bearer=me'), await rows('anvil', 'duties'), await onFeed('forge', 'sign-off')]).toMatchObject(
    [expect.any(Array), [], []],
  );
});
