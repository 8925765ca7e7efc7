// A node of Apache Kafka (KRaft) in a process of its own, which can be killed and started again on the same data and port.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../broker-process.ts';
import { kafkaJars } from './kafka-jars.ts';

const run = promisify(execFile);
const logging = fileURLToPath(new URL('log4j2.xml', import.meta.url));
const CLUSTER = 'MkU3OEVBNTcwNTJENDM2Qg';
const STARTED = 'Kafka Server started';
/** Quick to start: code compiled lightly, few threads for the collector. */
const LIGHT = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

export interface KafkaOptions {
  /** For measuring: the virtual machine as it runs in production. */
  readonly full?: boolean;
  /** Server properties beside those for tests. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Levels of features that the cluster has agreed on, where they are not those of its release. */
  readonly features?: Readonly<Record<string, string>>;
  /** The first node of its cluster; absent: it is that itself. */
  readonly joins?: KafkaProcess;
}

const ownController = (port: number, controllerPort: number): Readonly<Record<string, string>> => ({
  'process.roles': 'broker,controller',
  'node.id': '1',
  listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
});

const joining = (port: number, controllerPort: number): Readonly<Record<string, string>> => ({
  'process.roles': 'broker',
  'node.id': '2',
  listeners: `PLAINTEXT://127.0.0.1:${port}`,
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
});

const propertiesOf = (data: string): Readonly<Record<string, string>> => ({
  'controller.listener.names': 'CONTROLLER',
  'log.dirs': data,
  'auto.create.topics.enable': 'false',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '2',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '2',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '1000',
  // A node that was killed may come back as soon as it is up again.
  'broker.session.timeout.ms': '1000',
  'broker.heartbeat.interval.ms': '200',
  'log.index.size.max.bytes': '1048576',
  'log.cleaner.dedupe.buffer.size': '8388608',
  'log.cleaner.backoff.ms': '1000',
  'num.network.threads': '2',
  'num.io.threads': '4',
});

export class KafkaProcess {
  readonly #classPath: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #controllerPort: number;
  readonly #options: KafkaOptions;
  #child: ChildProcess | undefined;

  private constructor(classPath: string, folder: string, [port, controllerPort]: readonly [number, number], options: KafkaOptions) {
    this.#classPath = classPath;
    this.#folder = folder;
    this.#port = port;
    this.#controllerPort = controllerPort;
    this.#options = options;
  }

  /** Formatted in `folder` (made where missing) but not started. Throws `NoKafka`. */
  static async prepare(folder: string, options: KafkaOptions = {}): Promise<KafkaProcess> {
    const classPath = await kafkaJars();
    mkdirSync(folder, { recursive: true });
    const [port, controllerPort] = [await freePort(), options.joins ? options.joins.#controllerPort : await freePort()];
    const kafka = new KafkaProcess(classPath, folder, [port, controllerPort], options);
    const quorum = options.joins ? joining(port, controllerPort) : ownController(port, controllerPort);
    const properties = { ...propertiesOf(join(folder, 'data')), ...quorum, ...options.properties };
    writeFileSync(
      kafka.#properties,
      Object.entries(properties)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    await run('java', [
      ...LIGHT,
      ...kafka.#common,
      'kafka.tools.StorageTool',
      'format',
      '--cluster-id',
      CLUSTER,
      '--config',
      kafka.#properties,
      ...Object.entries(options.features ?? {}).flatMap(([name, level]) => ['--feature', `${name}=${level}`]),
    ]);
    return kafka;
  }

  get brokers(): readonly string[] {
    return [`127.0.0.1:${this.#port}`];
  }

  get #properties(): string {
    return join(this.#folder, 'server.properties');
  }

  get #common(): readonly string[] {
    return ['-Xmx512m', `-Dlog4j2.configurationFile=${logging}`, '-cp', this.#classPath];
  }

  /** Resolves once it serves. */
  async start(): Promise<void> {
    const child = spawn('java', [...(this.#options.full === true ? [] : LIGHT), ...this.#common, 'kafka.Kafka', this.#properties], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      const look = (chunk: Buffer): void => {
        printed = (printed + chunk.toString()).slice(-10_000);
        if (printed.includes(STARTED)) resolve();
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`Kafka ended with ${String(code)} before it served: ${printed}`)));
    });
  }

  /** SIGKILL: nothing is flushed, nobody is told. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** It stands still for a while, connections open: what was sent to it waits. */
  async stall(ms: number): Promise<void> {
    this.#child?.kill('SIGSTOP');
    await pause(ms);
    this.#child?.kill('SIGCONT');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}
