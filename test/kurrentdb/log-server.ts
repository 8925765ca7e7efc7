// Where a broker under test has its log: the stand-in in a process of its own, or the real server of KURRENTDB_URL, on a stream of its own.
import { randomUUID } from 'node:crypto';
import { freePort, type Settings } from '../broker-process.ts';
import { KurrentProcess } from './kurrent-process.ts';
import { REAL_URL } from './server-under-test.ts';

export class LogServer {
  readonly url: string;
  readonly #process: KurrentProcess | undefined;

  private constructor(process: KurrentProcess | undefined) {
    this.#process = process;
    this.url = process?.url ?? REAL_URL ?? '';
  }

  /** The stand-in keeps its streams in `folder`. */
  static async start(folder: string): Promise<LogServer> {
    if (REAL_URL !== undefined) return new LogServer(undefined);
    const process = new KurrentProcess(folder, await freePort());
    await process.start();
    return new LogServer(process);
  }

  get name(): string {
    return this.#process ? 'the STAND-IN, no real KurrentDB' : 'the REAL server of KURRENTDB_URL, which is not killed';
  }

  get canBeKilled(): boolean {
    return this.#process !== undefined;
  }

  /** Of a broker whose log is a stream that nobody has used yet. */
  settings(url = this.url): Settings {
    return { CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: url, CONCORDAT_LOG_STREAM: `concordat-${randomUUID()}` };
  }

  /** kill -9 and a start at once. */
  async restart(): Promise<void> {
    await this.#process?.restart();
  }

  async stop(): Promise<void> {
    await this.#process?.kill();
  }
}
