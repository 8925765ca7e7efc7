// The streams on disk: one line an append, so that an append is there whole or not at all.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from './stored-event.ts';

interface Line extends Omit<StoredEvent, 'data' | 'metadata'> {
  /** Base64. */
  readonly data: string;
  readonly metadata: string;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const lineOf = (events: readonly StoredEvent[]): string =>
  `${JSON.stringify(events.map((event): Line => ({ ...event, data: base64(event.data), metadata: base64(event.metadata) })))}\n`;
const eventsOf = (line: string): readonly StoredEvent[] =>
  (JSON.parse(line) as Line[]).map((event) => ({
    ...event,
    data: Buffer.from(event.data, 'base64'),
    metadata: Buffer.from(event.metadata, 'base64'),
  }));

export class LogFile {
  readonly #file: string;
  #descriptor: number;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#file = join(directory, 'appends.jsonl');
    if (!existsSync(this.#file)) writeFileSync(this.#file, '');
    this.#descriptor = openSync(this.#file, 'r+');
  }

  /** All that was appended. What a crash left of a last line is cut off. */
  read(): readonly StoredEvent[] {
    const content = readFileSync(this.#file);
    const whole = content.lastIndexOf('\n') + 1;
    ftruncateSync(this.#descriptor, whole);
    closeSync(this.#descriptor);
    this.#descriptor = openSync(this.#file, 'a');
    return content.subarray(0, whole).toString('utf8').split('\n').slice(0, -1).flatMap(eventsOf);
  }

  /** On disk when it returns. */
  append(appends: readonly (readonly StoredEvent[])[]): void {
    if (appends.length === 0) return;
    writeSync(this.#descriptor, appends.map(lineOf).join(''));
    fdatasyncSync(this.#descriptor);
  }

  rewrite(log: readonly StoredEvent[]): void {
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, log.map((event) => lineOf([event])).join(''), { flush: true });
    renameSync(fresh, this.#file);
    closeSync(this.#descriptor);
    this.#descriptor = openSync(this.#file, 'a');
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
