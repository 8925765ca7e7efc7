// What becomes of messages between Kafka and the log, whatever fails: each is recorded once, in order, or kept in quarantine.
import { EventStoreError } from '#event-store';
import { batchOf, inboxOf, signed } from '../kafka/inbox-under-test.ts';
import { until } from '../until.ts';
import { registration, Town, ulnOf } from './town.ts';

const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;

let town: Town;
let learners = 0;
let topics = 0;
beforeAll(async () => {
  town = await Town.open({ cast: CAST, environment: { CONCORDAT_VERIFY_WORKERS: '0' } });
});
afterAll(() => town.close());

/** So many messages of one event each. */
const messages = async (count: number): Promise<readonly string[]> => {
  const events = Array.from({ length: count }, () => town.event('careers', registration(ulnOf(++learners), `c-${learners}`)));
  return signed(town, 'careers', events);
};
const newTopic = (): string => `in.careers-${++topics}`;
const takenIn = async (topic: string): Promise<string | undefined> =>
  (await town.node.store.bookmarks(`kafka-in/${topic}/`)).get(`kafka-in/${topic}/0`);
const recorded = async (topic: string, offset: number): Promise<void> => until(async () => (await takenIn(topic)) === String(offset));
const registrations = async (): Promise<number> =>
  (await town.node.store.readAll({ limit: 1_000_000 })).filter(({ type }) => type === 'uk.concordat.learner.registered.v1').length;

/** Admission that fails as told before it works. */
const failing = (...failures: readonly Error[]) => {
  const left = [...failures];
  const { admission } = town.node;
  return {
    admitTogether: (...call: Parameters<typeof admission.admitTogether>) => {
      const failure = left.shift();
      return failure ? Promise.reject(failure) : admission.admitTogether(...call);
    },
  };
};

describe('a partition', () => {
  it('is taken in in order, and what was handed on twice counts once', async () => {
    const [topic, values] = [newTopic(), await messages(6)];
    const { inbox } = inboxOf(town.node);
    const before = await registrations();
    expect(await inbox.take(batchOf('careers', values.slice(0, 4), { topic }))).toBeUndefined();
    expect(await inbox.take(batchOf('careers', values.slice(2, 6), { topic, first: 2 }))).toBeUndefined();
    await recorded(topic, 6);
    expect(await registrations()).toBe(before + 6);
    expect(inbox.recorded()).toEqual([{ topic, partition: 0, offset: 6 }]);
    expect(inbox.figures()).toEqual({ lag: new Map([['careers', 0]]), inFlight: 0 });
    await inbox.stop();
  });

  it('goes on from its bookmark, whatever Kafka believes', async () => {
    const [topic, values] = [newTopic(), await messages(6)];
    const first = inboxOf(town.node);
    await first.inbox.take(batchOf('careers', values.slice(0, 3), { topic }));
    await recorded(topic, 3);
    await first.inbox.stop();
    const { inbox } = inboxOf(town.node);
    expect(await inbox.take(batchOf('careers', values.slice(0, 2), { topic, end: 6 }))).toBe(3);
    expect(await inbox.take(batchOf('careers', values.slice(3), { topic, first: 3 }))).toBeUndefined();
    await recorded(topic, 6);
    const other = inboxOf(town.node);
    expect(await other.inbox.take(batchOf('careers', await messages(1), { topic, first: 8, end: 9 }))).toBe(6);
    await Promise.all([inbox.stop(), other.inbox.stop()]);
  });

  it('goes on past what is no longer there, and from the beginning of a topic that was made anew', async () => {
    const [topic, values] = [newTopic(), await messages(4)];
    const { inbox } = inboxOf(town.node);
    const gap = batchOf('careers', values.slice(0, 2), { topic, first: 50, end: 52 });
    expect(await inbox.take(gap)).toBe(0);
    expect(await inbox.take(gap)).toBeUndefined();
    await recorded(topic, 52);
    await inbox.take(batchOf('careers', values.slice(2), { topic, first: 0, end: 2 }));
    await recorded(topic, 2);
    await inbox.stop();
  });

  it('that another process takes in meanwhile is given up, and read again from where that one is', async () => {
    const [topic, values] = [newTopic(), await messages(6)];
    const [here, there] = [inboxOf(town.node), inboxOf(town.node)];
    const before = await registrations();
    await here.inbox.take(batchOf('careers', values.slice(0, 2), { topic }));
    await recorded(topic, 2);
    await there.inbox.take(batchOf('careers', values.slice(2, 4), { topic, first: 2 }));
    await recorded(topic, 4);
    await here.inbox.take(batchOf('careers', values.slice(2, 6), { topic, first: 2 }));
    await until(() => here.sought.seeks.length === 1);
    expect(await here.inbox.take(batchOf('careers', values.slice(2, 3), { topic, first: 2, end: 6 }))).toBe(4);
    await here.inbox.take(batchOf('careers', values.slice(4), { topic, first: 4 }));
    await recorded(topic, 6);
    expect(await registrations()).toBe(before + 6);
    await Promise.all([here.inbox.stop(), there.inbox.stop()]);
  });

  it('takes in what comes while the last of what came before is being recorded', async () => {
    const [topic, values] = [newTopic(), await messages(3)];
    const { admission } = town.node;
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const admitTogether: typeof admission.admitTogether = async (taken, bookmarks) => {
      begun.resolve();
      await go.promise;
      return admission.admitTogether(taken, bookmarks);
    };
    const { inbox } = inboxOf(town.node, { admission: { admitTogether } });
    await inbox.take(batchOf('careers', values.slice(0, 1), { topic, end: 3 }));
    await begun.promise;
    await inbox.take(batchOf('careers', values.slice(1), { topic, first: 1 }));
    go.resolve();
    await recorded(topic, 3);
    await inbox.stop();
  });

  it('waits while the store fails, and loses nothing', async () => {
    const [topic, values] = [newTopic(), await messages(3)];
    const unavailable = Array.from({ length: 4 }, () => new EventStoreError('unavailable', 'The disk is full.'));
    const { inbox, faults } = inboxOf(town.node, { admission: failing(...unavailable) });
    await inbox.take(batchOf('careers', values, { topic }));
    await recorded(topic, 3);
    expect(faults).toEqual(unavailable);
    await inbox.stop();
  });

  it('is not held up by a message at which the broker itself fails', async () => {
    const [topic, values] = [newTopic(), await messages(4)];
    const { admission } = town.node;
    const bug = values[1] ?? '';
    const admitTogether: typeof admission.admitTogether = (taken, bookmarks) =>
      taken.some(({ origin }) => origin?.endsWith('/1'))
        ? Promise.reject(new TypeError('A bug.'))
        : admission.admitTogether(taken, bookmarks);
    const { inbox, outbox } = inboxOf(town.node, { admission: { admitTogether } });
    const before = await registrations();
    await inbox.take(batchOf('careers', values, { topic }));
    await recorded(topic, 4);
    expect(await registrations()).toBe(before + 3);
    await Promise.all(outbox.waiting().map(({ records }) => records));
    const kept = (await town.node.quarantine.list({ limit: 1000 })).filter(({ origin }) => origin === `kafka:${topic}/0/1`);
    expect(kept).toMatchObject([{ code: 'internal', bytes: bug.length }]);
    await inbox.stop();
  });

  it('is in memory in part only, however much there is', async () => {
    const topic = newTopic();
    const { inbox } = inboxOf(town.node, {
      admission: failing(...Array.from({ length: 1000 }, () => new EventStoreError('unavailable', 'Not now.'))),
    });
    const full = inbox.take(
      batchOf(
        'careers',
        Array.from({ length: 700 }, () => null),
        { topic },
      ),
    );
    const outcome = await Promise.race([full.then(() => 'taken'), until(() => inbox.figures().inFlight === 700).then(() => 'waits')]);
    expect(outcome).toBe('waits');
    await inbox.stop();
    await full;
    expect(await takenIn(topic)).toBeUndefined();
  });

  it('waits with its next chunk while those who follow the log are behind', async () => {
    const [topic, values] = [newTopic(), await messages(2)];
    const [behind, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const givesWay = (): Promise<void> => {
      asked.resolve();
      return behind.promise;
    };
    const { inbox } = inboxOf(town.node, { givesWay });
    await inbox.take(batchOf('careers', values, { topic }));
    await asked.promise;
    expect([await takenIn(topic), inbox.figures().inFlight]).toEqual([undefined, 2]);
    behind.resolve();
    await recorded(topic, 2);
    await inbox.stop();
  });

  it('is recorded as far as it is under way when the broker stops', async () => {
    const [topic, values] = [newTopic(), await messages(250)];
    const { inbox } = inboxOf(town.node);
    void inbox.take(batchOf('careers', values, { topic }));
    await until(() => inbox.figures().inFlight > 0);
    await inbox.stop();
    const reached = Number((await takenIn(topic)) ?? 0);
    expect(reached % 100).toBe(0);
    expect(reached).toBeLessThan(250);
    const next = inboxOf(town.node);
    await next.inbox.take(batchOf('careers', values, { topic }));
    await recorded(topic, 250);
    await next.inbox.stop();
  });
});
