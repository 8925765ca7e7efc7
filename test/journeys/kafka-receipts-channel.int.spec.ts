// The channel of receipts over Kafka, whichever version its transactions have.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { type ReceiptRecord, type ReceiptsSession, type SentUpTo, Superseded } from '#ingress';
import { KafkaReceipts, RECEIPTS_RETRY } from '#ingress/kafka';
import { ensureTopics } from '#kafka';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { until } from '../until.ts';
import { TopicTail } from '../kafka/topic-tail.ts';

const START_MS = 180_000;
const topicPrefix = 'receipts-test';
const FROM = { topic: `${topicPrefix}.in.careers`, partition: 0 };

const receipt = (offset: number): ReceiptRecord => ({
  agency: 'careers',
  key: Buffer.from('k'),
  value: `value ${offset}`,
  origin: `0/${offset}`,
});
const upTo = (offset: number): readonly SentUpTo[] => [{ ...FROM, offset, topicId: 'the-id' }];

for (const version of ['1', '2'])
  describeWithOwnKafka(`receipts in transactions of version ${version}`, () => {
    let folder: string;
    let process: KafkaProcess;
    let channel: KafkaReceipts;
    let tail: TopicTail;
    let sessions: ReceiptsSession[];
    const came: string[] = [];
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'kafka-'));
      process = await KafkaProcess.prepare(folder, { features: { 'transaction.version': version } });
      await process.start();
      const kafka = new Kafka({ brokers: [...process.brokers], logLevel: logLevel.NOTHING, retry: RECEIPTS_RETRY });
      const admin = kafka.admin();
      await admin.connect();
      await ensureTopics(admin, ['careers'], { topicPrefix, replication: 1 });
      await admin.disconnect();
      tail = await TopicTail.of(process.brokers, [`${topicPrefix}.receipts.careers`], ({ key, value, header }) =>
        came.push(`${String(header('concordat-origin'))} ${key} ${String(value)}`),
      );
      channel = new KafkaReceipts({ kafka, topicPrefix });
    }, START_MS);
    afterAll(async () => {
      await tail.close();
      await process.kill9();
      rmSync(folder, { recursive: true });
    });
    beforeEach(() => {
      came.length = 0;
      sessions = [];
    });
    afterEach(() => Promise.all(sessions.map((session) => session.close())));
    const opened = async (): Promise<ReceiptsSession> => {
      const session = await channel.open();
      sessions.push(session);
      return session;
    };

    it('arrive with their keys and origins, and how far they go is noted', async () => {
      const session = await opened();
      expect(await session.sentUpTo([])).toEqual(new Map());
      await session.send([receipt(0), receipt(1)], upTo(2));
      await session.send([receipt(2)], upTo(3));
      await until(() => came.length >= 3);
      expect(came).toEqual(['0/0 k value 0', '0/1 k value 1', '0/2 k value 2']);
      expect(await session.sentUpTo([FROM])).toEqual(new Map([[`${FROM.topic}/0`, { ...FROM, offset: 3, topicId: 'the-id' }]]));
    });

    it('are not sent by who was superseded', async () => {
      const former = await opened();
      const next = await opened();
      await expect(former.send([receipt(3)], upTo(4))).rejects.toThrow(Superseded);
      await next.send([receipt(4)], upTo(5));
      await until(() => came.length > 0);
      expect(came).toEqual(['0/4 k value 4']);
    });
  });
