// What every command is given.
import type { Terminal } from './terminal.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Context {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** All of standard input. */
  readonly readInput: () => Promise<Uint8Array>;
}
