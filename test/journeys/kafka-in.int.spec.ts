// What agencies send over Kafka is recorded exactly once, and answered exactly once (invariants 1 to 3).
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../kafka/kafka-for-tests.ts';
import { KafkaTown } from '../kafka/kafka-town.ts';
import { until } from '../until.ts';
import { assessment, registration, ulnOf } from './town.ts';

const START_MS = 180_000;
const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;

describeWithKafka('messages over Kafka', () => {
  let kafka: KafkaForTests;
  let town: KafkaTown;
  beforeAll(async () => {
    kafka = await kafkaForTests();
  }, START_MS);
  afterAll(() => kafka.close());
  beforeEach(async () => {
    town = await KafkaTown.open(kafka, { cast: CAST });
  }, START_MS);
  afterEach(() => town.close());

  it('are recorded, and each is answered by one signed receipt with its key and origin', async () => {
    await town.start();
    const received = await town.receive('careers', 'forge');
    const uln = ulnOf(1);
    const places = [
      await town.send('careers', registration(uln, 'c-1')),
      await town.send('careers', assessment(uln), assessment(uln, { domain: 'numeracy' })),
    ];
    const [first, second] = [await town.receiptsAt(places[0] ?? ''), await town.receiptsAt(places[1] ?? '')];
    expect([first, second].map((receipts) => receipts.map(({ outcome }) => outcome))).toEqual([['accepted'], ['accepted', 'accepted']]);
    const read = await town.node.store.readAll({ limit: 1000 });
    for (const receipt of [...first, ...second]) expect(read[Number(receipt.position) - 1]).toMatchObject({ meta: { actor: 'careers' } });
    expect(received.at(places[0] ?? '')).toMatchObject([{ key: `uln:${uln}`, agency: 'careers' }]);
    expect(received.faults).toEqual([]);
  });

  it('sent twice, are told where the first stands', async () => {
    await town.start();
    await town.receive('careers');
    const message = await town.town.jws('careers', town.town.event('careers', registration(ulnOf(2), 'c-2')));
    const [one, other] = [await town.put('careers', 'k', message), await town.put('careers', 'k', message)];
    const [[accepted], [duplicate]] = [await town.receiptsAt(one), await town.receiptsAt(other)];
    expect(duplicate).toEqual({ ...accepted, outcome: 'duplicate' });
  });

  it('that nobody can be held to go to quarantine, each with its reason, and the partition moves on', async () => {
    await town.start();
    const received = await town.receive('careers');
    const good = await town.town.jws('careers', town.town.event('careers', registration(ulnOf(3), 'c-3')));
    const [header = '', payload = '', signature = ''] = good.split('.');
    const poison: readonly (readonly [string, string | Buffer | null])[] = [
      ['empty', null],
      ['empty', ''],
      ['not-compact', 'hello'],
      ['not-base64url', `${header}.%%.${signature}`],
      ['signature', `${header}.${payload}.${signature.slice(0, -4)}AAAA`],
      [
        'unknown-key',
        `${Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'x', cty: 'cloudevents+json' })).toString('base64url')}.${payload}.${signature}`,
      ],
      ['wrong-topic', await town.town.jws('forge', town.town.event('forge', registration(ulnOf(4), 'f-4')))],
      ['foreign-source', await town.town.jws('careers', town.town.event('forge', registration(ulnOf(4), 'f-4')))],
      ['message-too-large', Buffer.alloc(1_048_577, 'a')],
    ];
    for (const [, value] of poison) await town.put('careers', 'k', value);
    const last = await town.put('careers', null, good);
    expect(await town.receiptsAt(last)).toMatchObject([{ outcome: 'accepted' }]);
    const kept = await town.node.quarantine.list({ limit: 100 });
    expect(kept.map(({ code }) => code)).toEqual(poison.map(([code]) => code));
    const id = await town.topicId('careers');
    expect(kept.map(({ origin }) => origin)).toEqual(poison.map((_, offset) => `kafka:${town.prefix}.in.careers/0/${offset}@${id}`));
    expect(received.places).toEqual([last]);
  });

  it('with events that are refused, are answered, and the events kept', async () => {
    await town.start();
    await town.receive('careers');
    const place = await town.send('careers', registration('1234567890', 'c-5'), assessment(ulnOf(5)));
    expect(await town.receiptsAt(place)).toMatchObject([
      { outcome: 'rejected', problem: { code: 'invalid-uln' } },
      { outcome: 'rejected', problem: { code: 'no-such-learner' } },
    ]);
    const id = await town.topicId('careers');
    const origins = [0, 1].map((index) => `kafka:${town.prefix}.in.careers/0/0@${id}/${index}`);
    expect((await town.node.quarantine.list({ limit: 10 })).map(({ kind, origin }) => [kind, origin])).toEqual(
      origins.map((origin) => ['event', origin]),
    );
  });

  it('of an agency that is registered while the broker runs are taken without a restart', async () => {
    await town.start();
    const registered = await town.node.agencies.register({ slug: 'late', name: 'Late', roles: ['provider'], districts: [] });
    expect(registered.ok).toBe(true);
    const admin = kafka.client().admin();
    await admin.connect();
    await until(async () => (await admin.listTopics()).includes(`${town.prefix}.in.late`));
    await admin.disconnect();
    await town.put('late', 'k', 'hello');
    await until(async () => (await town.node.quarantine.count('waiting')) === 1);
  });
});
