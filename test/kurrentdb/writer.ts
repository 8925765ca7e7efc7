// Takes appends and deletions one after the other; those that come together reach the disk together.
import { randomUUID } from 'node:crypto';
import { type Expected, judge, type Verdict } from './append-rules.ts';
import type { LogFile } from './log-file.ts';
import { DELETED, metastreamOf, type ProposedEvent, type StoredEvent } from './stored-event.ts';
import type { Streams } from './streams.ts';

export interface Write {
  readonly stream: string;
  readonly expected: Expected;
  /** What to store, or that the stream goes. */
  readonly what: readonly ProposedEvent[] | 'delete' | 'tombstone';
  /** A write whose caller is gone before it is begun is dropped. */
  readonly isAbandoned: () => boolean;
}

export type Written =
  | { readonly kind: 'stored'; readonly revision: number; readonly position: number | undefined }
  | Exclude<Verdict, { readonly kind: 'ok' | 'repeated' }>
  | { readonly kind: 'abandoned' };

const octets = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');
const metadataEvent = (data: Uint8Array): ProposedEvent => ({
  ...{ id: randomUUID(), type: '$metadata', json: true, metadata: new Uint8Array() },
  data,
});
/** As the server writes it: the greatest event number, which JSON.stringify cannot. */
const SOFTLY_DELETED = Buffer.from('{"$tb":9223372036854775807}', 'utf8');

export class Writer {
  readonly #streams: Streams;
  readonly #file: LogFile | undefined;
  readonly #queue: { readonly write: Write; readonly done: (written: Written) => void }[] = [];

  constructor(streams: Streams, file: LogFile | undefined) {
    this.#streams = streams;
    this.#file = file;
  }

  write(write: Write): Promise<Written> {
    return new Promise((done) => {
      this.#queue.push({ write, done });
      if (this.#queue.length === 1) setImmediate(() => this.#drain());
    });
  }

  /** Nobody reads between the first of these writes and the disk: it is one turn of the loop. */
  #drain(): void {
    const appends: StoredEvent[][] = [];
    const group = this.#queue.splice(0).map(({ write, done }) => {
      const added: StoredEvent[] = [];
      const written = write.isAbandoned() ? ({ kind: 'abandoned' } as const) : this.#perform(write, added);
      if (added.length > 0) appends.push(added);
      return () => done(written);
    });
    this.#file?.append(appends);
    this.#streams.announce();
    for (const answer of group) answer();
  }

  #perform({ stream, expected, what }: Write, added: StoredEvent[]): Written {
    const ids = typeof what === 'string' ? [randomUUID()] : what.map(({ id }) => id);
    const verdict = judge(this.#streams, { stream, expected, ids });
    if (verdict.kind === 'repeated') return { ...verdict, kind: 'stored' };
    if (verdict.kind !== 'ok') return verdict;
    return typeof what === 'string' ? this.#delete(stream, what, added) : this.#append(stream, what, added);
  }

  #append(stream: string, events: readonly ProposedEvent[], added: StoredEvent[]): Written {
    const revives = this.#streams.isSoftlyDeleted(stream);
    const current = this.#streams.lastRevision(stream);
    added.push(...this.#streams.append(stream, events, Date.now()));
    const { revision, position } = added.at(-1) ?? { revision: current, position: this.#streams.end };
    if (revives) this.#changeMetadata(stream, octets({ ...this.#streams.metadata(stream), $tb: current + 1 }), added);
    return { kind: 'stored', revision, position };
  }

  #delete(stream: string, how: 'delete' | 'tombstone', added: StoredEvent[]): Written {
    if (how === 'tombstone') {
      const event = { ...metadataEvent(new Uint8Array()), type: '$streamDeleted', json: false };
      added.push(this.#streams.tombstone(stream, event, Date.now()));
    } else {
      const unknown = [stream, metastreamOf(stream)].every((name) => this.#streams.lastRevision(name) < 0);
      if (unknown) return { kind: 'wrong-version', current: -1 };
      this.#changeMetadata(stream, SOFTLY_DELETED, added);
    }
    return { kind: 'stored', revision: DELETED, position: added.at(-1)?.position };
  }

  #changeMetadata(stream: string, data: Uint8Array, added: StoredEvent[]): void {
    added.push(...this.#streams.append(metastreamOf(stream), [metadataEvent(data)], Date.now()));
  }
}
