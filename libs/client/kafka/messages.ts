// Which messages events become, so that what is said about one subject arrives in the order in which it was said.
import { Partitioners } from 'kafkajs';
import { type AgencyEvent, batchesOf } from '../agency-event.ts';
import type { SigningKey } from '../keys.ts';
import { signEvents } from '../signing.ts';

/** A signed message on its way. */
export interface OutgoingMessage {
  readonly key: string;
  /** JWS compact. */
  readonly value: string;
  readonly partition: number;
  readonly events: readonly AgencyEvent[];
}

/** The subject; its own id for an event about no learner (contracts.md, Kafka). */
const keyOf = ({ subject, id }: AgencyEvent): string => subject ?? id;

/** As Kafka's own clients choose: murmur2 of the key. */
const chosen = Partitioners.DefaultPartitioner();

const partitionOf = (event: AgencyEvent, topic: string, partitions: number): number => {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return chosen({ topic, partitionMetadata, message: { key: keyOf(event), value: null } });
};

/**
 * Signed batches in the order of the events. A topic of several partitions gets batches for each: only what is in one partition is in
 * order, and a batch lies in one. Its key is the subject of its first event.
 */
export const messagesOf = async (
  events: readonly AgencyEvent[],
  { topic, partitions, key }: { readonly topic: string; readonly partitions: number; readonly key: SigningKey },
): Promise<readonly OutgoingMessage[]> => {
  const parts = Map.groupBy(events, (event) => (partitions === 1 ? 0 : partitionOf(event, topic, partitions)));
  const batches = [...parts].flatMap(([partition, part]) => batchesOf(part).map((batch) => ({ partition, batch })));
  return Promise.all(batches.map(({ partition, batch }) => signed(batch, partition, key)));
};

const signed = async (batch: readonly AgencyEvent[], partition: number, key: SigningKey): Promise<OutgoingMessage> => {
  const [first, ...others] = batch;
  const value = await signEvents(first !== undefined && others.length === 0 ? first : batch, key);
  return { key: first === undefined ? '' : keyOf(first), value, partition, events: batch };
};

/** One produce request makes one record batch of each partition, and Kafka limits its size as it does a message's. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/** Cut into requests, in their order. */
export const requestsOf = (messages: readonly OutgoingMessage[]): readonly (readonly OutgoingMessage[])[] => {
  const requests: OutgoingMessage[][] = [];
  let room = 0;
  for (const message of messages) {
    const last = requests.at(-1);
    if (last === undefined || message.value.length > room) {
      requests.push([message]);
      room = MAX_REQUEST_BYTES - message.value.length;
    } else {
      last.push(message);
      room -= message.value.length;
    }
  }
  return requests;
};
