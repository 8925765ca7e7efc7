// docs/guides/integrate-your-mis.md does what it says: its commands are run, in order, against the demo over a real Kafka.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseConfig } from '../../apps/broker/config.ts';
import type { MadeDemo } from '../../apps/cli/demo/make-demo.ts';
import { tellOverKafka } from '../../apps/cli/demo/tell-over-kafka.ts';
import { wholeStory } from '../../apps/cli/demo/whole-story.ts';
import { Terminal } from '../../apps/cli/terminal.ts';
import { BrokerProcess, freePort, root } from '../broker-process.ts';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../kafka/kafka-for-tests.ts';
import { toldDemo } from '../told-demo.ts';
import { compared, runSteps, stepsOf } from './guide-steps.ts';

const PATIENCE_MS = 120_000;
/** Steps that need kcat, or what one before them got by it. */
const WITH_KCAT = /\bkcat\b|receipt\.jws/;

/** Where kcat is missing all other steps are run, and what is left out is said loudly; in CI it fails. */
const withKcat = (): boolean => {
  if (spawnSync('kcat', ['-V']).status === 0 || process.env['CI'] === 'true') return true;
  process.stderr.write(
    '\nNOT RUN: the steps of docs/guides/integrate-your-mis.md that use kcat, since kcat is not installed (apt-get install kcat).\n\n',
  );
  return false;
};

describeWithKafka('the guide for an MIS', () => {
  let kafka: KafkaForTests;
  let broker: BrokerProcess;
  let made: MadeDemo;
  let data: string;
  let port: number;
  let settings: Readonly<Record<string, string>>;

  beforeAll(async () => {
    kafka = await kafkaForTests();
    settings = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: kafka.prefix() };
    data = mkdtempSync(join(tmpdir(), 'mis-guide-'));
    made = await toldDemo(parseConfig({ CONCORDAT_DATA: data }));
    port = await freePort();
    broker = new BrokerProcess(data, port, settings);
    await broker.start();
  }, 2 * PATIENCE_MS);

  afterAll(async () => {
    await broker.stop();
    await kafka.close();
    rmSync(data, { recursive: true });
  });

  it(
    'shows what its commands answer',
    async () => {
      const guide = readFileSync(join(root, 'docs/guides/integrate-your-mis.md'), 'utf8')
        .replaceAll('http://127.0.0.1:3000', broker.url)
        .replaceAll('127.0.0.1:9092', kafka.brokers.join(','))
        .replaceAll('.concordat/demo', data);
      const kcat = withKcat();
      const steps = stepsOf(guide).filter(({ command }) => kcat || !WITH_KCAT.test(command));
      const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
      const env = { ...process.env, ...settings, NODE_OPTIONS: '', PORT: String(port), PATH: path };
      const shown = compared(steps, await runSteps(steps, { cwd: root, env, patienceMs: PATIENCE_MS }));
      expect(shown.length).toBeGreaterThan(kcat ? 12 : 10);
      expect(shown.map(({ command, told }) => ({ command, answer: told }))).toEqual(
        shown.map(({ command, shown: answer }) => ({ command, answer })),
      );
    },
    2 * PATIENCE_MS,
  );

  it(
    "is not the only way: the demo's last chapter goes over Kafka, once, and comes on a feed",
    async () => {
      const terminal = new Terminal({ write: () => undefined }, { write: () => undefined });
      const context = { terminal, environment: settings, readInput: async () => new Uint8Array() };
      const telling = { url: broker.url, keys: made.keys, chapter: wholeStory(made.firstDay).overKafka };
      expect((await tellOverKafka(context, telling)).join('\n')).toContain('told 2 events more: accepted, accepted.');
      const again = (await tellOverKafka(context, telling)).join('\n');
      expect(again).toContain('told 2 events more: duplicate, duplicate.');
      const command = again.slice(again.indexOf('./bin'));
      const [told] = await runSteps([{ command: `until ${command} --once | grep 'First aid at work' | cut -c1-4; do sleep 0.5; done` }], {
        cwd: root,
        env: { ...process.env, ...settings, NODE_OPTIONS: '' },
        patienceMs: PATIENCE_MS,
      });
      expect(told).toBe('item');
    },
    2 * PATIENCE_MS,
  );
});
