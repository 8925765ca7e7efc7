// A right that is missing for one agency's topic is that topic's affair: it is said, nobody else waits, and all goes on once it is granted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs, { type AclEntry, Kafka } from 'kafkajs';
import { registration, ulnOf } from '../journeys/town.ts';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { KafkaTown } from '../kafka/kafka-town.ts';
import { until } from '../until.ts';

const START_MS = 180_000;
const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;
const properties = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'allow.everyone.if.no.acl.found': 'true',
};

describeWithOwnKafka('a broker that may not read a topic', () => {
  it(
    'says so, serves everybody else, and goes on when it may',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
      const kafka = await KafkaProcess.prepare(folder, { properties });
      await kafka.start();
      const town = await KafkaTown.open({ brokers: kafka.brokers, prefix: () => 'rights' }, { cast: CAST });
      const admin = new Kafka({ brokers: [...kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
      await admin.connect();
      await town.start();
      await town.receive('careers', 'forge');
      const forbidden: AclEntry = {
        resourceType: kafkajs.AclResourceTypes.TOPIC,
        resourceName: 'rights.in.careers',
        resourcePatternType: kafkajs.ResourcePatternTypes.LITERAL,
        principal: 'User:ANONYMOUS',
        host: '*',
        operation: kafkajs.AclOperationTypes.READ,
        permissionType: kafkajs.AclPermissionTypes.DENY,
      };
      const others = (operation: number): AclEntry => ({ ...forbidden, operation, permissionType: kafkajs.AclPermissionTypes.ALLOW });
      await admin.createAcls({ acl: [forbidden, others(kafkajs.AclOperationTypes.WRITE), others(kafkajs.AclOperationTypes.DESCRIBE)] });
      await until(async () =>
        (await town.node.readiness.readiness()).warnings.some(
          ({ says }) => says.includes('careers') && says.includes('TOPIC_AUTHORIZATION_FAILED'),
        ),
      );
      const waits = await town.send('careers', registration(ulnOf(1), 'c-1'));
      const goes = await town.send('forge', registration(ulnOf(2), 'f-2'));
      expect(await town.receiptsAt(goes)).toMatchObject([{ outcome: 'accepted' }]);
      expect((await town.node.readiness.readiness()).reasons).toEqual([]);
      expect(await town.figures('concordat_kafka_in_partitions_unreadable{')).toEqual([
        'concordat_kafka_in_partitions_unreadable{agency="careers",code="TOPIC_AUTHORIZATION_FAILED"} 1',
      ]);
      const { operation, permissionType } = forbidden;
      await admin.deleteAcls({ filters: [{ ...forbidden, operation, permissionType }] });
      await admin.createAcls({ acl: [others(kafkajs.AclOperationTypes.READ)] });
      expect(await town.receiptsAt(waits)).toMatchObject([{ outcome: 'accepted' }]);
      await until(async () => (await town.node.readiness.readiness()).warnings.length === 0);
      await admin.disconnect();
      await town.close();
      await kafka.kill9();
      rmSync(folder, { recursive: true });
    },
    START_MS,
  );
});
