// docs/guides/integrate-your-mis.md does what it says: its commands are run, in order, against the demo over a real Kafka.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseConfig } from '../../apps/broker/config.ts';
import { makeDemo } from '../../apps/cli/demo/make-demo.ts';
import { BrokerProcess, freePort, root } from '../broker-process.ts';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../kafka/kafka-for-tests.ts';
import { compared, runSteps, stepsOf } from './guide-steps.ts';

const PATIENCE_MS = 120_000;
/** Steps that need kcat, or what one before them got by it. */
const WITH_KCAT = /\bkcat\b|receipt\.jws/;

/** Where kcat is missing all other steps are run, and what is left out is said loudly; in CI it fails. */
const withKcat = (): boolean => {
  if (spawnSync('kcat', ['-V']).status === 0 || process.env['CI'] === 'true') return true;
  process.stderr.write('\nNOT RUN: the steps of docs/guides/integrate-your-mis.md that use kcat, since kcat is not installed (apt-get install kcat).\n\n');
  return false;
};

describeWithKafka('the guide for an MIS', () => {
  let kafka: KafkaForTests;
  let broker: BrokerProcess;
  let data: string;

  beforeAll(async () => {
    kafka = await kafkaForTests();
    data = mkdtempSync(join(tmpdir(), 'mis-guide-'));
    await makeDemo(parseConfig({ CONCORDAT_DATA: data }), { note: () => undefined });
  }, 2 * PATIENCE_MS);

  afterAll(async () => {
    await broker.stop();
    await kafka.close();
    rmSync(data, { recursive: true });
  });

  it('shows what its commands answer', async () => {
    const settings = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: kafka.prefix() };
    const port = await freePort();
    broker = new BrokerProcess(data, port, settings);
    await broker.start();
    const guide = readFileSync(join(root, 'docs/guides/integrate-your-mis.md'), 'utf8')
      .replaceAll('http://127.0.0.1:3000', broker.url)
      .replaceAll('127.0.0.1:9092', settings.KAFKA_BROKERS)
      .replaceAll('.concordat/demo', data);
    const kcat = withKcat();
    const steps = stepsOf(guide).filter(({ command }) => kcat || !WITH_KCAT.test(command));
    const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
    const env = { ...process.env, ...settings, NODE_OPTIONS: '', PORT: String(port), PATH: path };
    const shown = compared(steps, await runSteps(steps, { cwd: root, env, patienceMs: PATIENCE_MS }));
    expect(shown.length).toBeGreaterThan(kcat ? 12 : 10);
    expect(shown.map(({ command, told }) => ({ command, answer: told }))).toEqual(shown.map(({ command, shown: answer }) => ({ command, answer })));
  }, 2 * PATIENCE_MS);
});
