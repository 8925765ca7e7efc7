// Receipts over Kafka: each exactly once to those who read what is committed, wherever a broker ends, and however many there are.
import { Kafka, logLevel } from 'kafkajs';
import type { AgencyEvent } from '#client';
import type { ReceiptsChannel, ReceiptsSession } from '#ingress';
import { KafkaReceipts, RECEIPTS_RETRY } from '#ingress/kafka';
import { ensureTopics } from '#kafka';
import { type InboxUnderTest, inboxOf, batchOf, signed } from '../kafka/inbox-under-test.ts';
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../kafka/kafka-for-tests.ts';
import { until } from '../until.ts';
import { placeOf, ReceivedReceipts } from '../kafka/received-receipts.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';

const START_MS = 180_000;
const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;

describeWithKafka('receipts over Kafka', () => {
  let kafka: KafkaForTests;
  let town: Town;
  let topicPrefix: string;
  let received: ReceivedReceipts;
  let channel: KafkaReceipts;
  let learners = 0;
  let sending: AbortController;
  let running: Promise<unknown>[];
  beforeAll(async () => {
    kafka = await kafkaForTests();
  }, START_MS);
  afterAll(() => kafka.close());
  beforeEach(async () => {
    town = await Town.open({ cast: CAST, environment: { CONCORDAT_VERIFY_WORKERS: '0' } });
    topicPrefix = kafka.prefix();
    const admin = kafka.client().admin();
    await admin.connect();
    await ensureTopics(admin, ['careers'], { topicPrefix, replication: 1 });
    await admin.disconnect();
    received = await ReceivedReceipts.of({ brokers: kafka.brokers, prefix: topicPrefix }, ['careers'], town.server.url);
    channel = new KafkaReceipts({
      kafka: new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING, retry: RECEIPTS_RETRY }),
      topicPrefix,
    });
    sending = new AbortController();
    running = [];
  }, START_MS);
  afterEach(async () => {
    sending.abort();
    await Promise.all(running);
    await received.close();
    await town.close();
  });

  const run = (under: InboxUnderTest, through: ReceiptsChannel = channel): void =>
    void running.push(under.sender(through).run(sending.signal));
  const take = async ({ inbox }: InboxUnderTest, values: readonly (string | null)[], first = 0): Promise<void> => {
    const topic = `${topicPrefix}.in.careers`;
    await inbox.take(batchOf('careers', values, { topic, first }));
    await until(() => inbox.recorded().some(({ offset }) => offset === first + values.length));
  };
  const messages = async (count: number): Promise<readonly string[]> =>
    signed(
      town,
      'careers',
      Array.from({ length: count }, () => town.event('careers', registration(ulnOf(++learners), `c-${learners}`))),
    );
  /** Outcomes of all receipts of messages from one offset to before another. */
  const outcomes = async (from: number, to: number): Promise<readonly (readonly string[])[]> => {
    const places = Array.from({ length: to - from }, (_, index) => placeOf('careers', `0/${from + index}`));
    await until(() => places.every((place) => received.at(place).length > 0));
    return places.map((place) => received.at(place).flatMap(({ receipts }) => receipts.map(({ outcome }) => outcome)));
  };
  const accepted = (count: number): readonly (readonly string[])[] => Array.from({ length: count }, () => ['accepted']);
  const noneOwed = async (): Promise<void> => until(async () => (await town.node.store.bookmarks('receipts/')).size === 0);
  /** One more message, so that all that was sent before it has arrived with it. */
  const afterwards = async (under: InboxUnderTest, offset: number): Promise<void> => {
    await take(under, await messages(1), offset);
    await outcomes(offset, offset + 1);
  };

  it('that a broker leaves between recording and sending are sent by the next one, and what was refused is kept', async () => {
    const ended = inboxOf(town.node, {});
    const wrong = town.event('careers', assessment(ulnOf(99_999)));
    await take(ended, [...(await messages(2)), null, ...(await signed(town, 'careers', [wrong]))]);
    ended.end();
    const next = inboxOf(town.node);
    run(next);
    await until(() => received.at(placeOf('careers', '0/3')).length > 0);
    await afterwards(next, 4);
    expect(await outcomes(0, 2)).toEqual(accepted(2));
    expect(await outcomes(3, 4)).toEqual([['rejected']]);
    for (const place of received.places) expect(received.at(place)).toHaveLength(1);
    const read = await town.node.store.readAll({ limit: 100_000 });
    const [receipt] = received.at(placeOf('careers', '0/1'))[0]?.receipts ?? [];
    expect(read[Number(receipt?.position) - 1]).toMatchObject({ type: 'uk.concordat.learner.registered.v1' });
    const kept = (await town.node.quarantine.list({ limit: 100 })).filter(({ origin }) => origin?.startsWith(`kafka:${topicPrefix}`));
    expect(kept.map(({ origin, code }) => [origin?.slice(`kafka:${topicPrefix}.in.careers`.length), code])).toEqual([
      ['/0/2', 'empty'],
      ['/0/3/0', 'no-such-learner'],
    ]);
    await noneOwed();
  });

  it('of which a broker does not hear that they are sent, are not sent again', async () => {
    const deaf: ReceiptsChannel = {
      open: async () => {
        const session = await channel.open();
        const send: ReceiptsSession['send'] = async (...sent) => {
          await session.send(...sent);
          throw new Error('The connection was lost.');
        };
        return { send, sentUpTo: (partitions) => session.sentUpTo(partitions), close: () => session.close() };
      },
    };
    const under = inboxOf(town.node);
    run(under, deaf);
    await take(under, await messages(3));
    expect(await outcomes(0, 3)).toEqual(accepted(3));
    await until(() => under.outbox.outstanding === 0);
    await afterwards(under, 3);
    await until(() => under.outbox.outstanding === 0);
    expect(await outcomes(0, 4)).toEqual(accepted(4));
  });

  it('under way when a broker ends are undone, and sent once by the next one', async () => {
    const ended = inboxOf(town.node);
    await take(ended, await messages(2));
    const producer = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).producer({
      transactionalId: `${topicPrefix}-receipts`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const records = (await Promise.all(ended.outbox.waiting().map((owed) => owed.records))).flat();
    await transaction.send({
      topic: `${topicPrefix}.receipts.careers`,
      messages: records.map(({ key, value, origin }) => ({ key, value, headers: { 'concordat-origin': origin } })),
    });
    ended.end();
    const next = inboxOf(town.node);
    run(next);
    await afterwards(next, 2);
    expect(await outcomes(0, 3)).toEqual(accepted(3));
    await producer.disconnect();
  });

  it('of two brokers are sent by one of them, and by the other when that one ends', async () => {
    const [one, other] = [inboxOf(town.node), inboxOf(town.node)];
    run(one);
    await take(one, await messages(3));
    expect(await outcomes(0, 3)).toEqual(accepted(3));
    const stopping = new AbortController();
    const rival = other.sender(channel).run(stopping.signal);
    await take(one, await messages(3), 3);
    expect(await outcomes(3, 6)).toEqual(accepted(3));
    stopping.abort();
    await rival;
    await take(one, await messages(3), 6);
    expect(await outcomes(0, 9)).toEqual(accepted(9));
    await noneOwed();
  });

  it('of one message that are more than Kafka takes in one record come in several', async () => {
    const under = inboxOf(town.node);
    run(under);
    // Faults are told at greater length than they are made.
    const events = Array.from({ length: 500 }, (_, n) => ({ id: `${n}-`.padEnd(1100, '-'), source: 'urn:concordat:agency:careers' }));
    await take(under, [await town.jws('careers', events as unknown as readonly AgencyEvent[])]);
    const place = placeOf('careers', '0/0');
    await until(() => received.at(place).flatMap(({ receipts }) => receipts).length === 500);
    expect(received.at(place).length).toBeGreaterThan(1);
    expect(received.faults).toEqual([]);
  });
});
