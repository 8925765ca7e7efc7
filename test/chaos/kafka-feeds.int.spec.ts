// A partner's feed over a Kafka that is killed with nothing flushed, and comes back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import type { FeedRecord } from '#egress';
import { KafkaFeedTransport } from '#egress/kafka';
import { ensureTopics, type KafkaSettings } from '#kafka';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';

const START_MS = 180_000;
const record = (key: string): FeedRecord => ({ key, value: Buffer.from('sealed') });

const make = async ({ brokers, topicPrefix }: KafkaSettings, agencies: readonly string[]): Promise<void> => {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await ensureTopics(admin, agencies, { topicPrefix, replication: 1 });
  await admin.disconnect();
};

describeWithOwnKafka('feeds over a Kafka that is killed', () => {
  it(
    'fail at once, and go on when it is back, with what was acknowledged still there',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kafka-feeds-'));
      const kafka = await KafkaProcess.prepare(folder);
      await kafka.start();
      const settings: KafkaSettings = { brokers: kafka.brokers, clientId: 'concordat', topicPrefix: 'concordat' };
      await make(settings, ['a']);
      const transport = new KafkaFeedTransport(settings);
      await transport.send([{ recipient: 'a', records: [record('1')] }]);
      await kafka.kill9();
      await expect(transport.send([{ recipient: 'a', records: [record('2')] }])).rejects.toMatchObject({ code: 'unreachable' });
      await expect(transport.keys('a')).rejects.toMatchObject({ code: 'unreachable' });
      await kafka.start();
      await transport.send([{ recipient: 'a', records: [record('3')] }]);
      expect(await transport.keys('a')).toEqual(['1', '3']);
      await transport.close();
      await kafka.kill9();
      rmSync(folder, { recursive: true });
    },
    START_MS,
  );
});
