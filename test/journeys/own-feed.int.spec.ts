// How far an agency's own feed is, by HTTP, and of nobody else's (console.md, /agency; ADR 66).
import { FeedTransportError } from '#egress';
import { fixedClock } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { FeedTown } from './feed-town.ts';
import { OtherIssuer } from './other-issuer.ts';
import { MORNING, referral } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

const clock = fixedClock(MORNING);
const MINUTE = 60_000;
const PATH = '/v1/feed';

let issuer: OtherIssuer;
let feeds: FeedTown;
let contract: ApiContract;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  feeds = await FeedTown.open({ clock, environment: issuer.settings }, ['forge', 'careers']);
  contract = new ApiContract((await (await fetch(`${feeds.town.server.url}/openapi.json`)).json()) as OpenApiDocument);
});
afterAll(async () => {
  await feeds.close();
  issuer.close();
});

const askIn = async (town: Town, authorization: string): Promise<{ readonly status: number; readonly body: unknown }> => {
  const response = await fetch(`${town.server.url}${PATH}`, { headers: { authorization } });
  const text = await response.text();
  contract.check({ method: 'get', path: PATH, response, text });
  return { status: response.status, body: JSON.parse(text) };
};
const ownFeed = async (agency: string): Promise<unknown> => (await askIn(feeds.town, `Bearer ${await feeds.town.tokenOf(agency)}`)).body;

it('is up to date, or says how far it is behind and since when it is stalled; another’s goes on', async () => {
  await feeds.caughtUp();
  expect(await ownFeed('forge')).toEqual({ agency: 'forge', state: 'up-to-date', events: 0, seconds: 0 });
  feeds.kept.before = async (batch) => {
    if (batch.some(({ recipient }) => recipient === 'forge')) throw new FeedTransportError('unknown-feed', 'It has no topic.', ['forge']);
  };
  await feeds.town.tell('careers', registration(ulnOf(1), 'c-1'), referral(ulnOf(1), 'forge'));
  await feeds.caughtUp();
  clock.set(clock.now() + 2 * MINUTE);
  expect(await ownFeed('forge')).toMatchObject({ state: 'stalled', seconds: 120, since: new Date(MORNING).toISOString() });
  expect(await ownFeed('careers')).toMatchObject({ agency: 'careers', state: 'up-to-date', events: 0 });
  await feeds.town.tell('careers', registration(ulnOf(2), 'c-2'));
  await feeds.caughtUp();
  expect(await ownFeed('forge')).toMatchObject({ state: 'stalled', events: expect.any(Number), since: new Date(MORNING).toISOString() });
  feeds.kept.before = async () => undefined;
});

it('says how long the first of what is left has waited', async () => {
  const { feedsHere, store } = feeds.town.node;
  const position = (await store.head()) - 2;
  const { recordedAt = 0 } = (await store.readAll({ after: position, limit: 1 }))[0] ?? {};
  clock.set(recordedAt + 90_000);
  const reached = new Map([['forge', position]]);
  const health = await feeds.health();
  feedsHere.toldBy(async () => ({ ...health, reached, lags: new Map([['forge', 2]]), stuckSince: new Map() }));
  expect(await ownFeed('forge')).toEqual({ agency: 'forge', state: 'behind', events: 2, seconds: 90 });
});

it('says where no key is in force', async () => {
  expect(await ownFeed('wulfrun')).toEqual({ agency: 'wulfrun', state: 'no-key' });
});

it('says where this broker sends no feeds', async () => {
  const town = await Town.open({ clock });
  expect((await askIn(town, `Bearer ${await town.tokenOf('forge')}`)).body).toEqual({ agency: 'forge', state: 'not-sent-here' });
  await town.close();
});

it('is told to agencies alone, each of its own: there is no way to name another', async () => {
  for (const claims of [{ office: 'dpo-partnership', staff_id: 'olu' }, { office: 'dpo-of:forge' }])
    expect(await askIn(feeds.town, await issuer.bearer(claims))).toMatchObject({ status: 403, body: { code: 'not-an-agency' } });
  const response = await fetch(`${feeds.town.server.url}${PATH}?agency=careers`, {
    headers: { authorization: `Bearer ${await feeds.town.tokenOf('forge')}` },
  });
  expect(await response.json()).toMatchObject({ agency: 'forge' });
});
