// The inbox of a town, and what it owes, without anybody who hands it messages or takes its receipts.
import type { AgencyEvent } from '#client';
import {
  type Chunk,
  Inbox,
  type InboxBatch,
  type InboxMessage,
  type InboxParts,
  MessageReader,
  type MessageSource,
  Outbox,
  type Partition,
  recordChunk,
  type RecordParts,
  type ReceiptRecord,
  ReceiptsSender,
  type ReceiptsChannel,
} from '#ingress';
import type { BrokerNode } from '../../apps/broker/node.ts';
import type { Town } from '../journeys/town.ts';

const CHANNEL = 'kafka';

/** Keeps where reading was told to go on. */
export class Sought implements MessageSource {
  readonly seeks: (Partition & { readonly offset: number })[] = [];

  seek(partition: Partition, offset: number): void {
    this.seeks.push({ topic: partition.topic, partition: partition.partition, offset });
  }
}

export interface InboxUnderTest {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly sought: Sought;
  readonly faults: unknown[];
  sender(channel: ReceiptsChannel): ReceiptsSender;
  /** Lets everything stand as if the process had ended: nothing of it goes on. */
  end(): void;
}

export const inboxOf = (
  node: BrokerNode,
  { admission = node.admission, ...changes }: Partial<InboxParts> & Partial<Pick<RecordParts, 'admission'>> = {},
): InboxUnderTest => {
  const { store, vault, verifier, agencies, signer, clock } = node;
  const ending = new AbortController();
  const faults: unknown[] = [];
  const outbox = new Outbox({ store, vault, admission: node.admission, signer, channel: CHANNEL }, ending.signal);
  const reader = new MessageReader({ verifier, agencies, clock, channel: CHANNEL });
  const record = (chunk: Chunk): Promise<string> => recordChunk({ admission, outbox, channel: CHANNEL }, chunk);
  const inbox = new Inbox({ store, outbox, reader, record, stalled: (cause) => void faults.push(cause), ...changes });
  const sought = new Sought();
  inbox.from(sought);
  return { inbox, outbox, sought, faults, sender: (channel) => new ReceiptsSender(outbox, channel), end: () => ending.abort() };
};

/** Messages of one partition from an offset on. */
export const batchOf = (
  agency: string,
  values: readonly (string | null)[],
  at: { readonly topic: string; readonly first?: number; readonly end?: number },
): InboxBatch => {
  const { topic, first = 0, end = first + values.length } = at;
  const messages = values.map((value, index): InboxMessage => ({
    offset: first + index,
    key: Buffer.from(`key-${first + index}`),
    value: value === null ? null : Buffer.from(value),
  }));
  return { topic, partition: 0, agency, messages, first, last: first + values.length - 1, end };
};

export const signed = (town: Town, agency: string, events: readonly AgencyEvent[]): Promise<readonly string[]> =>
  Promise.all(events.map((event) => town.jws(agency, event)));

/** What a record says, without looking at its signature. */
export const toldIn = ({
  value,
}: ReceiptRecord): readonly { readonly outcome: string; readonly position?: string; readonly id: string }[] =>
  (
    JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()) as {
      readonly receipts: readonly { readonly outcome: string; readonly id: string }[];
    }
  ).receipts;
