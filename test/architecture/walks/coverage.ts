// What of this project's code ran, and how often: V8's precise coverage by function, in this process.
import { Session } from 'node:inspector/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../planted-tree.ts';

/** The client is the sender's, and stands beside the house. */
const BROKER = /^(?:apps|libs\/(?!client\/))(?!.*(?:\/fixtures\/|[.]spec[.]ts$)).*[.]ts$/;

/** Calls by name of function, by file. */
export type Walked = ReadonlyMap<string, readonly { readonly name: string; readonly calls: number }[]>;

const fileOf = (url: string): string => {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return relative(projectRoot, path).replaceAll(sep, '/');
};

export class Coverage {
  readonly #session = new Session();

  static async start(): Promise<Coverage> {
    const coverage = new Coverage();
    coverage.#session.connect();
    await coverage.#session.post('Profiler.enable');
    await coverage.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    return coverage;
  }

  /** What ran since the last time, or the start. */
  async take(): Promise<Walked> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const walked = result.flatMap(({ url, functions }) => {
      const called = functions
        .map(({ functionName, ranges }) => ({ name: functionName, calls: ranges[0]?.count ?? 0 }))
        .filter(({ calls }) => calls > 0);
      return called.length > 0 ? [[fileOf(url), called] as const] : [];
    });
    return new Map(walked.filter(([file]) => BROKER.test(file)));
  }

  async stop(): Promise<void> {
    await this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }
}

export const functionsIn = (walked: Walked): number => [...walked.values()].reduce((sum, functions) => sum + functions.length, 0);

/** How often functions of that name were called in a file of that name. */
export const callsOf = (walked: Walked, file: string, name: string): number =>
  (walked.get(file) ?? []).filter((one) => one.name === name).reduce((sum, { calls }) => sum + calls, 0);
