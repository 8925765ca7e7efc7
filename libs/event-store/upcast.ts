// Old payloads in today's shape. An event keeps the payload it was stored with; what reads it sees the latest schema of its type.
//
// Each feature keeps the upcasts of its own types beside their events, and beside those one golden JSON file for every schema
// ever stored: `consent.given.v1.schema-1.json` is a payload as that release wrote it, never edited. The feature's spec reads
// each of them through its upcasts and compares with the latest shape, so that no release forgets how to read an older one's.
// A change that no function can bridge is a new type (`….v2`), not a new schema.
import type { EventMetadata } from './event-store.ts';

/** Turns a payload of one schema version of a type into the next. Pure: it may not change what it is given. */
export interface Upcast {
  readonly type: string;
  /** The version it takes; it makes this + 1. */
  readonly schema: EventMetadata['schema'];
  readonly up: (payload: unknown) => unknown;
}

export interface Upcasted {
  readonly schema: EventMetadata['schema'];
  readonly payload: unknown;
}

const keyOf = (type: string, schema: number): string => `${type}@${schema}`;

export class Upcasts {
  readonly #steps = new Map<string, Upcast['up']>();

  /** Throws where two upcasts take the same version. */
  constructor(upcasts: Iterable<Upcast>) {
    for (const { type, schema, up } of upcasts) {
      const key = keyOf(type, schema);
      if (this.#steps.has(key)) throw new Error(`Two upcasts take ${key}.`);
      this.#steps.set(key, up);
    }
  }

  /** The payload (parsed JSON) of an event of this type, stored with this schema version, in the latest one. */
  latest(type: string, { schema, payload }: Upcasted): Upcasted {
    let current: Upcasted = { schema, payload };
    for (let up = this.#step(type, current); up !== undefined; up = this.#step(type, current)) {
      current = { schema: current.schema + 1, payload: up(current.payload) };
    }
    return current;
  }

  #step(type: string, { schema }: Upcasted): Upcast['up'] | undefined {
    return this.#steps.get(keyOf(type, schema));
  }

  /**
   * The payload's bytes as stored (opened, if they were sealed), as JSON in the latest schema. Throws `SyntaxError` where they are no JSON.
   */
  decode(type: string, schema: EventMetadata['schema'], bytes: Uint8Array): unknown {
    const payload: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
    return this.latest(type, { schema, payload }).payload;
  }
}
