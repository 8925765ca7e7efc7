// A chunk is recorded in slices, each judged on the one before it: in their order, each once, whoever comes in between (ADR 12).
import type { Outbox } from '#ingress';
import { batchOf, inboxOf, toldIn } from '../kafka/inbox-under-test.ts';
import { until } from '../until.ts';
import { registration, Town, ulnOf } from './town.ts';

let town: Town;
let learners = 0;
let topics = 0;
beforeAll(async () => {
  town = await Town.open({
    cast: [
      { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
      { slug: 'forge', roles: ['provider'] },
    ],
    environment: { CONCORDAT_VERIFY_WORKERS: '0' },
  });
});
afterAll(() => town.close());

/** So many messages of so many events each. */
const batches = async (count: number, events: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: count }, async () =>
      town.jws(
        'careers',
        Array.from({ length: events }, () => town.event('careers', registration(ulnOf(++learners), `c-${learners}`))),
      ),
    ),
  );
const newTopic = (): string => `in.careers-${++topics}`;
const recorded = async (topic: string, offset: number): Promise<void> => {
  const name = `kafka-in/${topic}/0`;
  return until(async () => (await town.node.store.bookmarks(name)).get(name) === String(offset));
};
const registrations = async (): Promise<number> =>
  (await town.node.store.readAll({ limit: 1_000_000 })).filter(({ type }) => type === 'uk.concordat.learner.registered.v1').length;
const owedOf = (outbox: Outbox, topic: string) => outbox.waiting().filter(({ entry }) => entry.topic === topic);
/** In the order of the messages. */
const positionsTold = async (outbox: Outbox, topic: string): Promise<readonly number[]> => {
  const records = (await Promise.all(owedOf(outbox, topic).map((owed) => owed.records))).flat();
  return records.flatMap((record) => toldIn(record).map(({ position }) => Number(position)));
};

describe('a chunk', () => {
  it('is recorded in slices, each judged on the one before it, in their order', async () => {
    const [topic, values] = [newTopic(), await batches(3, 20)];
    const { admission } = town.node;
    const slices: number[] = [];
    const admitTogether: typeof admission.admitTogether = (taken, bookmarks) => {
      slices.push(taken.length);
      return admission.admitTogether(taken, bookmarks);
    };
    const { inbox, outbox } = inboxOf(town.node, { admission: { admitTogether } });
    await inbox.take(batchOf('careers', values, { topic }));
    await recorded(topic, 3);
    expect(slices).toEqual([2, 1]);
    await inbox.stop();
    const positions = await positionsTold(outbox, topic);
    expect(positions.filter((position) => position > 0)).toHaveLength(60);
    expect(positions).toEqual([...positions].sort((one, other) => one - other));
  });

  it('records no slice before the one it follows, where another writer was first', async () => {
    const [topic, values] = [newTopic(), await batches(3, 20)];
    const { admission } = town.node;
    const calls: number[] = [];
    const admitTogether: typeof admission.admitTogether = (taken, bookmarks = () => []) => {
      const isFirst = calls.push(taken.length) === 1;
      // As admission does it: judged, refused by the store, and judged again.
      return admission.admitTogether(taken, (owed) => (isFirst && bookmarks(owed), bookmarks(owed)));
    };
    const { inbox, outbox, sought, faults } = inboxOf(town.node, { admission: { admitTogether } });
    const before = await registrations();
    await inbox.take(batchOf('careers', values, { topic }));
    await recorded(topic, 3);
    await inbox.stop();
    expect(await registrations()).toBe(before + 60);
    expect(calls).toEqual([2, 1, 2, 1]);
    expect([sought.seeks, faults]).toEqual([[], []]);
    const positions = await positionsTold(outbox, topic);
    expect(positions).toEqual([...positions].sort((one, other) => one - other));
    const firsts = owedOf(outbox, topic).map(({ entry }) => entry.first);
    expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
  });
});
