// Transactions as a real Kafka takes them: whole or not at all, by one at a time, wherever the partitions and their coordinators are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import {
  batchesIn,
  CommittedOnly,
  KafkaNodes,
  KafkaRefusal,
  type OffsetsToNote,
  type Protocol,
  type RecordOfTopic,
  recordsOf,
  TRANSACTION_VERSION,
  TransactionalProducer,
} from '#kafka-wire';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { until } from '../until.ts';

const START_MS = 180_000;
const SPEC_MS = 60_000;
const TERMS = { maxWaitMs: 200, maxBytes: 8_000_000, maxBytesPerPartition: 8_000_000 };

/** Nodes whose answer to the end of a transaction is lost, or which never hear of it. */
class CutOff extends KafkaNodes {
  readonly #hear: boolean;

  constructor(kafka: Kafka, hear: boolean) {
    super(kafka);
    this.#hear = hear;
  }

  override async send<Answer>(nodeId: number, protocol: Protocol<Answer>): Promise<Answer> {
    if (protocol.request.apiName !== 'EndTxn') return super.send(nodeId, protocol);
    if (this.#hear) await super.send(nodeId, protocol);
    throw new Error('The connection was lost.');
  }
}

describeWithOwnKafka('a producer of transactions', () => {
  let folder: string;
  let first: KafkaProcess;
  let second: KafkaProcess;
  let kafka: Kafka;
  let admin: Admin;
  let nodes: KafkaNodes;
  let made = 0;
  let topic: string;
  let open: TransactionalProducer[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kafka-'));
    first = await KafkaProcess.prepare(join(folder, '1'));
    await first.start();
    second = await KafkaProcess.prepare(join(folder, '2'), { joins: first });
    await second.start();
    kafka = new Kafka({ brokers: [...first.brokers], logLevel: logLevel.NOTHING });
    admin = kafka.admin();
    nodes = new KafkaNodes(kafka);
    await admin.connect();
  }, START_MS);
  afterAll(async () => {
    await Promise.all([admin.disconnect(), nodes.close()]);
    await Promise.all([first.kill9(), second.kill9()]);
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    topic = `receipts-${++made}`;
    open = [];
    // Partition 0 and 2 are on the one node, 1 and 3 on the other.
    const replicaAssignment = [1, 2, 1, 2].map((node, partition) => ({ partition, replicas: [node] }));
    await admin.createTopics({ topics: [{ topic, replicaAssignment }], waitForLeaders: false });
  });
  afterEach(() => Promise.all(open.map((producer) => producer.close())));

  const begun = async (through: KafkaNodes = new KafkaNodes(kafka)): Promise<TransactionalProducer> => {
    const producer = new TransactionalProducer(through, { transactionalId: topic, timeoutMs: 15_000 });
    open.push(producer);
    await producer.begin();
    return producer;
  };
  const said = (...values: readonly string[]): readonly RecordOfTopic[] =>
    values.map((value) => ({
      topic,
      key: Buffer.from(value.slice(0, 8)),
      value: Buffer.from(value),
      headers: { origin: value.slice(0, 8) },
    }));
  const upTo = (offset: number): OffsetsToNote => ({ group: topic, offsets: [{ topic, partition: 0, offset, metadata: 'the id' }] });
  const noted = async (): Promise<readonly (readonly [string, string | null])[]> =>
    (await admin.fetchOffsets({ groupId: topic, topics: [topic] }))
      .flatMap(({ partitions }) => partitions.filter(({ partition }) => partition === 0))
      .map(({ offset, metadata }) => [offset, metadata]);
  /** The marks of a transaction that is committed may still be on their way. */
  const untilNoted = (offset: string): Promise<void> => until(async () => isDeepStrictEqual(await noted(), [[offset, 'the id']]));
  /** To its end: the marks of the last transaction may still be on their way. */
  const committedOf = async (topicId: string, partition: number, leader: number): Promise<readonly string[]> => {
    const values: string[] = [];
    for (let offset = 0; ;) {
      const [fetched] = await nodes.fetch(leader, [{ topicId, partition, offset }], TERMS);
      if (!fetched || offset >= fetched.end) return values;
      const taking = new CommittedOnly(fetched.aborted);
      for (const batch of batchesIn(fetched.records)) {
        if (taking.takes(batch)) values.push(...(await recordsOf(batch)).map(({ value }) => String(value)));
        offset = batch.last + 1;
      }
    }
  };
  /** Of each partition what is committed, in its order. */
  const committed = async (): Promise<readonly (readonly string[])[]> => {
    const found = (await nodes.topics([topic])).get(topic);
    const partitions = [...(found?.partitions ?? [])].sort((one, other) => one.partition - other.partition);
    return Promise.all(partitions.map(({ partition, leader }) => committedOf(found?.id ?? '', partition, leader)));
  };
  const all = async (): Promise<readonly string[]> => (await committed()).flat().sort();

  it('finds that Kafka takes them', async () => {
    expect((await nodes.features()).get(TRANSACTION_VERSION.feature)).toBeGreaterThanOrEqual(TRANSACTION_VERSION.least);
  });

  it('writes records to whoever leads their partitions, and how far they go, one transaction after the other', async () => {
    const producer = await begun();
    const values = Array.from({ length: 20 }, (_, n) => `value ${String(n).padStart(2, '0')}`);
    for (let n = 0; n < values.length; n += 5) await producer.commit(said(...values.slice(n, n + 5)), upTo(n + 5));
    expect(await all()).toEqual(values);
    expect((await committed()).every((some) => some.length > 0)).toBe(true);
    await untilNoted('20');
  });

  it('puts a key where kafkajs puts it, and keeps the order of a key', async () => {
    const producer = await begun();
    const records = said(...Array.from({ length: 12 }, (_, n) => `key ${n % 6} ${n}`)).map((one) => ({
      ...one,
      key: one.value?.subarray(0, 5) ?? null,
    }));
    await producer.commit(records, upTo(1));
    const ours = await committed();
    const plain = kafka.producer();
    await plain.connect();
    await plain.send({ topic, messages: records.map(({ key, value }) => ({ key, value })) });
    await plain.disconnect();
    expect(await committed()).toEqual(ours.map((some) => [...some, ...some]));
  });

  it('cuts what is more than Kafka takes at once', async () => {
    const producer = await begun();
    const long = Array.from({ length: 8 }, (_, n) => `${n}`.padEnd(600_000, '-'));
    await producer.commit(
      said(...long).map((one) => ({ ...one, key: Buffer.from('same') })),
      upTo(8),
    );
    expect((await committed()).filter((some) => some.length > 0)).toEqual([long]);
  });

  it('notes how far it goes without records', async () => {
    const producer = await begun();
    await producer.commit([], upTo(7));
    await untilNoted('7');
  });

  it('leaves nothing of what it did not end, once another has begun', async () => {
    const cut = await begun(new CutOff(kafka, false));
    await expect(cut.commit(said('lost'), upTo(1))).rejects.toThrow('lost');
    const next = await begun();
    expect(await noted()).toEqual([['-1', null]]);
    await next.commit(said('kept'), upTo(1));
    expect(await all()).toEqual(['kept']);
    await untilNoted('1');
  });

  it('has done what it did not hear of, once another has begun', async () => {
    const deaf = await begun(new CutOff(kafka, true));
    await expect(deaf.commit(said('once'), upTo(1))).rejects.toThrow('lost');
    const next = await begun();
    await untilNoted('1');
    await next.commit(said('then'), upTo(2));
    expect(await all()).toEqual(['once', 'then']);
  });

  it('is turned away when another has begun, with all that it writes', async () => {
    const former = await begun();
    await former.commit(said('before'), upTo(1));
    const next = await begun();
    const refused = await former.commit(said('late'), upTo(9)).catch((cause: unknown) => cause);
    expect(refused).toBeInstanceOf(KafkaRefusal);
    expect(['PRODUCER_FENCED', 'INVALID_PRODUCER_EPOCH']).toContain((refused as KafkaRefusal).code);
    await next.commit(said('after'), upTo(2));
    expect(await all()).toEqual(['after', 'before']);
    await untilNoted('2');
  });

  it('does nothing more once it is closed', async () => {
    const producer = await begun();
    await producer.close();
    await expect(producer.commit(said('late'), upTo(1))).rejects.toThrow('closed');
    expect(await all()).toEqual([]);
  });

  it('follows a partition to another node', async () => {
    const producer = await begun();
    await producer.commit(said('one', 'two', 'three', 'four'), upTo(4));
    const partitionAssignment = [2, 1, 2, 1].map((node, partition) => ({ partition, replicas: [node] }));
    await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] });
    await producer.commit(said('one', 'two', 'three', 'four'), upTo(8));
    expect(await all()).toEqual(['four', 'four', 'one', 'one', 'three', 'three', 'two', 'two']);
    await untilNoted('8');
  });

  it(
    'does each once though Kafka dies in between',
    async () => {
      const values = Array.from({ length: 4 }, (_, n) => `value ${n}`);
      let producer = await begun();
      for (const [n, value] of values.entries()) {
        const committing = producer.commit(said(value), upTo(n + 1));
        if (n !== 1) {
          await committing;
          continue;
        }
        const outcome = committing.catch(() => undefined);
        await Promise.all([first.kill9(), second.kill9()]);
        await outcome;
        await producer.close();
        await Promise.all([first.start(), second.start()]);
        await admin.disconnect();
        await admin.connect();
        producer = await begun();
        const [offset] = (await noted())[0] ?? [];
        if (Number(offset) <= n) await producer.commit(said(value), upTo(n + 1));
      }
      expect(await all()).toEqual(values);
    },
    SPEC_MS,
  );
});
