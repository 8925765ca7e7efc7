// Feeds as they run in a broker: what its figures tell, and that another process takes over when the one that sends ends.
import { setImmediate as turn } from 'node:timers/promises';
import { fixedClock } from '#kernel';
import { type KafkaOut, startFeeds } from '../../apps/broker/kafka-out.ts';
import { FeedTown, KeptFeeds } from './feed-town.ts';
import { assessment, registration, ulnOf } from './town.ts';
import { MORNING, referral } from './told.ts';

let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock: fixedClock(MORNING) }, ['forge']);
  await feeds.stop();
});
afterAll(() => feeds.town.close());

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await turn();
};
const isSending = (out: KafkaOut) => async (): Promise<boolean> => (await out.health()) !== undefined;
const figures = async (): Promise<readonly string[]> =>
  (await feeds.town.node.metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('concordat_feed'));

describe('a broker that sends feeds', () => {
  it('tells by its figures what was sent to whom, who cannot be reached, and how far it is', async () => {
    const { town } = feeds;
    const out = startFeeds(town.node, feeds.kept);
    const uln = ulnOf(1);
    await town.tell('careers', registration(uln, 'c-1'), referral(uln, 'forge'), assessment(uln));
    await until(async () => feeds.kept.of('forge').size === 4 && (await out.health())?.lags.get('forge') === 0);
    expect(await figures()).toEqual(
      expect.arrayContaining([
        'concordat_feed_messages_total{agency="forge"} 4',
        'concordat_feed_tombstones_total{agency="forge"} 0',
        'concordat_feed_lag_events{agency="forge"} 0',
        'concordat_feed_under_way_learners 0',
        'concordat_feed_without_key{agency="anvil"} 1',
      ]),
    );
    expect((await figures()).join()).not.toContain('concordat_feed_without_key{agency="forge"}');
    await out.close();
    expect(await out.health()).toBeUndefined();
  });

  it('leaves it to the one that sends already, and takes over when that ends', async () => {
    const { node } = feeds.town;
    const beside = {
      ...node,
      metrics: { ...node.metrics, registry: new (node.metrics.registry.constructor as new () => typeof node.metrics.registry)() },
    } as typeof node;
    node.metrics.registry.clear();
    const first = startFeeds(node, feeds.kept);
    await until(isSending(first));
    const second = startFeeds(beside, new KeptFeeds());
    await turn();
    expect(await second.health()).toBeUndefined();
    await first.close();
    await until(isSending(second));
    await second.close();
  });
});
