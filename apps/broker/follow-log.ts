// Keeps what is in memory current with what other processes append, such as the command line beside a running broker.
import { AGENCIES_STREAM, type AgencyRegister } from '#agencies';
import { type EventStore, EventStoreError, type RecordedEvent } from '#event-store';
import type { LearnerStreams } from '#learner-file';
import { PROTOCOLS_STREAM, type ProtocolRegister } from '#sharing-protocols';

export interface Followed {
  readonly store: EventStore;
  readonly streams: LearnerStreams;
  readonly agencies: AgencyRegister;
  readonly protocols: ProtocolRegister;
}

/**
 * Until the signal aborts. Nothing decided meanwhile is wrong: appends name the revisions they count on. Where the log can be followed no
 * more, `failed` is told why, as a sentence, and what is in memory stays as it was when it could still be relied on.
 */
export const followLog = async (parts: Followed, signal: AbortSignal, failed: (says: string) => void): Promise<void> => follow(parts, signal).catch((cause: unknown) => failed(saysWhyNot(cause)));

const follow = async ({ store, ...parts }: Followed, signal: AbortSignal): Promise<void> => {
  for await (const events of store.subscribe({ after: await store.head(), signal })) await takeIn(events, parts);
};

const takeIn = async (events: readonly RecordedEvent[], { streams, agencies, protocols }: Omit<Followed, 'store'>): Promise<void> => {
  for (const event of events) streams.outdate(event);
  const changed = new Set(events.map(({ stream }) => stream));
  if (changed.has(AGENCIES_STREAM)) await agencies.refresh();
  if (changed.has(PROTOCOLS_STREAM)) await protocols.refresh();
};

const saysWhyNot = (cause: unknown): string =>
  cause instanceof EventStoreError ? cause.message : 'What other processes append to the log is not taken in any more: restart the broker.';
