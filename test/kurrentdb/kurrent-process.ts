// The stand-in as a process of its own, which can be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

export class KurrentProcess {
  readonly url: string;
  readonly #directory: string;
  readonly #port: number;
  #child: ChildProcess | undefined;

  constructor(directory: string, port: number) {
    this.#directory = directory;
    this.#port = port;
    this.url = `esdb://127.0.0.1:${port}?tls=false`;
  }

  /** Resolves once it listens; rejects where it ends before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, this.#directory, String(this.#port)], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The stand-in ended with ${String(code ?? signal)} before it listened.`);
    });
    ended.catch(() => undefined); // it ends some time
    await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended]);
  }

  /** SIGSTOP: its connections stay open, and nothing is answered. */
  standStill(): void {
    this.#child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
  }

  /** SIGKILL, and a start at once. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
