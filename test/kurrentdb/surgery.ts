// Changes to a stream that no client can make: an older backup restored, a file damaged, a foreign hand.
import { randomUUID } from 'node:crypto';
import type { StoredEvent } from './stored-event.ts';
import type { Streams } from './streams.ts';

export interface AlienEvent {
  /** A new one where absent. */
  readonly id?: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

type Change = (event: StoredEvent) => readonly StoredEvent[];

export class Surgery {
  readonly #streams: Streams;
  readonly #done: () => void;

  constructor(streams: Streams, done: () => void) {
    this.#streams = streams;
    this.#done = done;
  }

  truncate(stream: string, fromRevision: number): void {
    this.#operate(stream, fromRevision, (event) => (event.revision < fromRevision ? [event] : []));
  }

  remove(stream: string, revision: number): void {
    this.#operate(stream, revision, (event) => (event.revision === revision ? [] : [event]));
  }

  change(stream: string, revision: number, to: Partial<AlienEvent>): void {
    this.#operate(stream, revision, (event) => (event.revision === revision ? [{ ...event, ...to }] : [event]));
  }

  insert(stream: string, revision: number, alien: AlienEvent): void {
    const inserted = { id: randomUUID(), ...alien };
    this.#operate(stream, revision, (event) => {
      if (event.revision < revision) return [event];
      const later = { ...event, revision: event.revision + 1 };
      return event.revision === revision ? [{ ...event, ...inserted }, later] : [later];
    });
  }

  #operate(stream: string, revision: number, change: Change): void {
    if (this.#streams.at(stream, revision) === undefined) throw new Error(`${stream} has no event at ${revision}`);
    const log = this.#streams.log.flatMap((event) => (event.stream === stream ? change(event) : [event]));
    // Positions are laid out anew: no two events share one, whatever was put between them.
    const places = log.reduce<StoredEvent[]>((laid, event) => {
      const last = laid.at(-1);
      laid.push({ ...event, position: Math.max(event.position, last === undefined ? 0 : last.position + 1) });
      return laid;
    }, []);
    this.#streams.load(places);
    this.#done();
  }
}
