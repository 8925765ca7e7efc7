// What a recorded chunk of messages still owes: receipts to its sender, refused events to the quarantine, notes to the data manager.
// It lies beside the log from the same append on, sealed, until all of it is done; so a crash in between loses none of it.
import { type OutboxContent, placed, type Receipt, type UnplacedReceipt } from '#admission';
import type { KeyName, LoadsKeys, Place } from '#privacy';
import { openSealed } from '#privacy/opening';
import type { PlainBookmark } from '#unit-of-work';
import type { Quarantined } from '#quarantine';
import type { Position } from '#kernel';
import type { ReceiptSigner } from '../receipt-signer.ts';
import { type OpenPartition, partitionName } from './message-source.ts';
import type { ReceiptRecord } from './receipts-channel.ts';

/** The receipts of one message. */
interface OwedReceipts {
  readonly offset: number;
  /** Of the message, base64; null where it has none. */
  readonly key: string | null;
  readonly receipts: readonly UnplacedReceipt[];
}

export interface OutboxEntry extends OpenPartition, Omit<OutboxContent, 'receipts'> {
  /** Offsets from this one, to before that one. */
  readonly first: number;
  readonly next: number;
  readonly owed: readonly OwedReceipts[];
}

export const OUTBOX = 'receipts/';
const KEY: KeyName = { owner: 'broker', category: 'receipts' };

/** By the topic's id too: what is owed for a topic is not overwritten by what is owed for another of its name. */
export const outboxName = (entry: Pick<OutboxEntry, 'topic' | 'partition' | 'topicId' | 'first'>): string =>
  [`${OUTBOX}${partitionName(entry)}`, entry.first, ...(entry.topicId === undefined ? [] : [entry.topicId])].join('/');

const placeOf = (name: string): Place => ({ stream: name, revision: 0, type: 'outbox' });

type StoredRefusal = Omit<Quarantined, 'content'> & { readonly content: string };

/** Sealed when it is stored. */
export const entryBookmark = (entry: OutboxEntry): PlainBookmark => {
  const name = outboxName(entry);
  const refused = entry.refused.map((item): StoredRefusal => ({ ...item, content: Buffer.from(item.content).toString('base64') }));
  const plain = Buffer.from(JSON.stringify({ ...entry, refused }));
  return { name, key: KEY, place: placeOf(name), plain };
};

/** By name, as they are stored. Rejects with `VaultError` where one is not what was sealed under its name. */
export const openedEntries = async (vault: LoadsKeys, stored: readonly (readonly [string, string])[]): Promise<readonly OutboxEntry[]> => {
  const entries = stored.map(([name, value]) => ({ name, sealed: Buffer.from(value, 'base64') }));
  const keys = await vault.load(entries.map(({ sealed }) => ({ ...KEY, sealed })));
  return entries.map(({ name, sealed }) => opened(openSealed(keys, KEY, placeOf(name), sealed)));
};

const opened = (plain: Uint8Array | undefined): OutboxEntry => {
  if (!plain) throw new Error('The key of the outbox was destroyed.');
  const { refused, ...entry } = JSON.parse(Buffer.from(plain).toString()) as Omit<OutboxEntry, 'refused'> & {
    readonly refused: readonly StoredRefusal[];
  };
  return { ...entry, refused: refused.map((item) => ({ ...item, content: Buffer.from(item.content, 'base64') })) };
};

// The receipts of an outbox entry as signed records.

/** JSON of so many letters makes a JWS that Kafka takes by default, at 1 MB: more receipts of one message are several records. */
const MOST_LETTERS = 700_000;

export type Positions = ReadonlyMap<string, Position>;

export const receiptsOf = ({ receipts }: OwedReceipts, positions: Positions): readonly Receipt[] =>
  receipts.map((receipt) => placed(receipt, positions));

export const recordsOf = async (entry: OutboxEntry, positions: Positions, signer: ReceiptSigner): Promise<readonly ReceiptRecord[]> => {
  const signed = entry.owed.map((owed) => Promise.all(inParts(receiptsOf(owed, positions)).map((part) => signer.sign(part))));
  return (await Promise.all(signed)).flatMap((values, index) =>
    values.map((value) => recordOf(entry, entry.owed[index] as OwedReceipts, value)),
  );
};

const recordOf = ({ agency, partition }: OutboxEntry, { key, offset }: OwedReceipts, value: string): ReceiptRecord => ({
  agency,
  key: key === null ? null : Buffer.from(key, 'base64'),
  value,
  origin: `${partition}/${offset}`,
});

const inParts = (receipts: readonly Receipt[]): readonly (readonly Receipt[])[] => {
  if (receipts.length < 2 || JSON.stringify(receipts).length <= MOST_LETTERS) return [receipts];
  const half = Math.ceil(receipts.length / 2);
  return [...inParts(receipts.slice(0, half)), ...inParts(receipts.slice(half))];
};
