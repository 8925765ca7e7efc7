// Receipts as they come over Kafka: signed by the broker, for one message each.
import type { BrokerKeys } from '../broker-keys.ts';
import { ClientError } from '../client-error.ts';
import { type Receipt, RECEIPTS_TYPE } from '../receipt.ts';
import type { TopicRecord } from './topic-records.ts';

/** Header of a record of receipts: `<partition>/<offset>` of the message in the agency's topic that they are about. */
export const ORIGIN_HEADER = 'concordat-origin';

export interface ReceiptMessage {
  /** One for each event, in their order. */
  readonly receipts: readonly Receipt[];
  /** `<partition>/<offset>` of the message. */
  readonly origin: string | undefined;
  readonly key: string | undefined;
  /** Offset in the topic of receipts. */
  readonly offset: string;
  /** The JWS by which the agency can prove what it was told. */
  readonly jws: string;
}

/** Throws `ClientError`: `forged` where the broker did not sign it. */
export const receiptMessageOf = async ({ key, value, headers, offset }: TopicRecord, brokerKeys: BrokerKeys): Promise<ReceiptMessage> => {
  const jws = value?.toString() ?? '';
  const body = (await brokerKeys.verify(jws, RECEIPTS_TYPE)) as { readonly receipts?: unknown };
  if (!Array.isArray(body.receipts)) throw new ClientError('forged', 'What the broker signed are no receipts.');
  return { receipts: body.receipts as readonly Receipt[], origin: headers[ORIGIN_HEADER], key, offset, jws };
};
