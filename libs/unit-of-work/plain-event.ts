// An event as it is judged: plain data. It is sealed for its place once that is known for certain, between judging and appending (ADR 25).
import type { EventMetadata, NewEvent, StreamWrite } from '#event-store';
import { encodePayload, type Payload, type Vault } from '#privacy';
import { NO_STREAM } from './stream-cache.ts';

export interface PlainEvent {
  readonly id: string;
  readonly type: string;
  /** With `owner` and `category` its content is sealed under that key; without, it lies in clear. */
  readonly meta: EventMetadata;
  readonly content: Content;
}

/** What is stored as JSON, or beside its header what an agency signed. */
type Content = { readonly json: unknown } | Payload<unknown>;

export interface PlainWrite {
  readonly stream: string;
  readonly expected: Exclude<StreamWrite['expected'], 'any'>;
  /** None: a mere condition. */
  readonly events: readonly PlainEvent[];
}

type Seals = Pick<Vault, 'seal'>;

/** The event for its place in the log. Throws `VaultError` where keys cannot be read. */
export const sealedEvent = (
  vault: Seals,
  { id, type, meta, content }: PlainEvent,
  { stream, revision }: { readonly stream: string; readonly revision: number },
): NewEvent => {
  const plain = 'json' in content ? Buffer.from(JSON.stringify(content.json)) : encodePayload(content);
  const { owner, category } = meta;
  if (owner === undefined || category === undefined) return { id, type, meta, payload: plain };
  return { id, type, meta, payload: vault.seal({ owner, category }, { stream, revision, type }, plain) };
};

/** Each event for the place that it will have if the write holds. */
export const sealedWrites = (vault: Seals, writes: readonly PlainWrite[]): readonly StreamWrite[] =>
  writes.map(({ stream, expected, events }) => {
    const first = (expected === 'no-stream' ? NO_STREAM : expected) + 1;
    return { stream, expected, events: events.map((event, place) => sealedEvent(vault, event, { stream, revision: first + place })) };
  });
