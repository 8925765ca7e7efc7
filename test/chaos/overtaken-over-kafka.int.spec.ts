// A broker that a standby has taken over from, while both follow Kafka: it can record nothing more, so it leaves the group, and the other
// takes what comes for every agency (ADR 36).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inGroup } from '#kafka';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { registration, Town, ulnOf } from '../journeys/town.ts';
import { AgencyOutbox } from '../kafka/agency-outbox.ts';
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../kafka/kafka-for-tests.ts';
import { until } from '../until.ts';
import { placeOf, ReceivedReceipts } from '../kafka/received-receipts.ts';
import { LogServer } from '../kurrentdb/log-server.ts';
import { copyBesideLog } from './standby-files.ts';

const PATIENCE_MS = 60_000;

describeWithKafka('a broker that was overtaken, and follows Kafka', () => {
  let folder: string;
  let server: LogServer;
  let kafka: KafkaForTests;
  let town: Town;
  let active: BrokerProcess;
  let standby: BrokerProcess;
  let prefix: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overtaken-'));
    server = await LogServer.start(join(folder, 'server'));
    kafka = await kafkaForTests();
    prefix = kafka.prefix();
    const settings = {
      ...server.settings(),
      CONCORDAT_ISSUER: 'http://town.example',
      KAFKA_BROKERS: kafka.brokers.join(','),
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_SESSION_TIMEOUT: '3000',
    };
    town = await Town.open({ environment: settings });
    await town.server.close();
    await town.node.close();
    active = new BrokerProcess(town.data, await freePort(), settings);
    standby = new BrokerProcess(mkdtempSync(join(folder, 'standby-')), await freePort(), settings);
    await active.start();
  }, 180_000);
  afterAll(async () => {
    await active.kill();
    await standby.kill();
    await server.stop();
    await kafka.close();
    for (const path of [town.data, folder]) rmSync(path, { recursive: true });
  });

  const members = async (): Promise<number> => {
    const admin = kafka.client().admin();
    await admin.connect();
    const { groups } = await admin.describeGroups([inGroup({ topicPrefix: prefix })]);
    await admin.disconnect();
    return groups[0]?.members.length ?? 0;
  };

  const jws = (agency: string, n: number): Promise<string> =>
    town.jws(agency, town.event(agency, registration(ulnOf(n), `${agency}-${n}`)));

  it('leaves the group, and the standby answers the messages of all agencies', async () => {
    await until(async () => (await members()) === 1, PATIENCE_MS);
    copyBesideLog(active.data, standby.data);
    await standby.start();
    const headers = { 'content-type': 'application/jose' };
    const body = await jws('careers', 1);
    let answer: unknown;
    // Where the server is slow the broker asks to be sent the same again.
    await until(async () => {
      const sent = await fetch(`${standby.url}/v1/events`, { method: 'POST', headers, body });
      answer = await sent.json();
      return sent.status !== 503;
    }, PATIENCE_MS);
    expect(answer).toMatchObject({ receipts: [{ outcome: 'accepted' }] });
    // The active one may be overtaken before the standby has joined.
    await until(async () => (await fetch(`${active.url}/health/ready`)).status === 503, PATIENCE_MS);
    await until(async () => (await members()) === 1, PATIENCE_MS);

    const agencies = [...town.keys.keys()];
    const received = await ReceivedReceipts.of({ brokers: kafka.brokers, prefix }, agencies, standby.url);
    const outbox = new AgencyOutbox(kafka.brokers);
    const tell = async (agency: string, n: number): Promise<string> => {
      const offset = await outbox.send({ topic: `${prefix}.in.${agency}`, key: `${n}`, value: await jws(agency, n) });
      return (await received.arrived(placeOf(agency, `0/${offset}`))).agency;
    };
    expect(await Promise.all(agencies.map((agency, n) => tell(agency, 10 + n)))).toEqual(agencies);
    await outbox.close();
    await received.close();
    const ready = await fetch(`${active.url}/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('another data directory')]);
  }, 300_000);
});
