// The receipts of an outbox entry as signed records.
import { placed, type Receipt } from '#admission';
import type { Position } from '#kernel';
import type { ReceiptSigner } from '../receipt-signer.ts';
import type { OutboxEntry, OwedReceipts } from './outbox-entry.ts';
import type { ReceiptRecord } from './receipts-channel.ts';

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
