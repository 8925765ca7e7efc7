// A broker as its users run it: the built program in a process of its own, which can be killed.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist/apps/cli/main.js');
/** Where the public tools and vectors lie: beside the project, not in it. */
export const shared = join(dirname(root), 'shared');
const run = promisify(execFile);

/** Below those that systems hand out to connections: in the seconds until it is listened on, no connection of another spec takes it. */
const PORTS = { from: 15_000, to: 32_000 };

/** A port that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const port = randomInt(PORTS.from, PORTS.to);
  return (await isFree(port)) ? port : freePort();
};

const isFree = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Settings of a broker by the names of their variables. */
export type Settings = Readonly<Record<string, string>>;

export class BrokerProcess {
  readonly #data: string;
  readonly #port: number;
  readonly #settings: Settings;
  #child: ChildProcess | undefined;
  #printed = '';

  constructor(data: string, port: number, settings: Settings = {}) {
    this.#data = data;
    this.#port = port;
    this.#settings = settings;
  }

  /** The cluster that specs may use is not for brokers that were not told of it. */
  get #environment(): NodeJS.ProcessEnv {
    return { ...process.env, NODE_OPTIONS: '', KAFKA_BROKERS: '', ...this.#settings, CONCORDAT_DATA: this.#data, PORT: String(this.#port) };
  }

  /** Its data directory. */
  get data(): string {
    return this.#data;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Of the running process. */
  get pid(): number {
    const { pid } = this.#child ?? {};
    if (pid === undefined) throw new Error('The broker is not running.');
    return pid;
  }

  /** What it printed since it was last started. */
  get printed(): string {
    return this.#printed;
  }

  /** Runs one command line to its end on the broker's data; gives what it prints. */
  async command(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [cli, ...args], { env: this.#environment, cwd: root });
    return stdout;
  }

  /** Resolves once it answers. What it complains of goes to `complaints`, a file that is open, where one is given. */
  async start(complaints: 'pipe' | number = 'pipe'): Promise<void> {
    const child = spawn(process.execPath, [cli, 'serve'], { env: this.#environment, cwd: root, stdio: ['ignore', 'pipe', complaints] });
    this.#child = child;
    this.#printed = '';
    await new Promise<void>((resolve, reject) => {
      const look = (chunk: Buffer): void => {
        this.#printed += chunk.toString();
        if (this.#printed.includes(this.url)) resolve();
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      child.once('exit', (code) => reject(new Error(`The broker ended with ${String(code)} before it listened: ${this.#printed}`)));
    });
  }

  /** SIGKILL: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGKILL, and a start at once. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

/** Runs a public tool; gives what it prints, whatever its exit code. */
export const tool = async (name: string, ...args: readonly string[]): Promise<string> => {
  const options = { env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await run(process.execPath, [join(shared, 'tools', name), ...args], options)).stdout;
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { readonly stdout?: string; readonly stderr?: string };
    return `${stdout}${stderr}`;
  }
};
