export { batchesOf, type AgencyEvent, type EventToSend, toEvent } from './agency-event.ts';
export { type BrokerKeys, localBrokerKeys, remoteBrokerKeys } from './broker-keys.ts';
export { ClientError } from './client-error.ts';
export { type ClientOptions, ConcordatClient, type ExportedFile, type Query } from './concordat-client.ts';
export * from './feed/index.ts';
export {
  type EncryptionCurve,
  type EncryptionKey,
  encryptionKeyOf,
  generateEncryptionKey,
  generateSigningKey,
  type KeyPair,
  type SigningAlgorithm,
  type SigningKey,
  signingKeyOf,
} from './keys.ts';
export { type Existing, type Outcome, type Receipt, type ReceiptProblem, RECEIPTS_TYPE } from './receipt.ts';
export type { Retrying } from './retry.ts';
export { type AgreementText, signAgreement, signAssertion, signEvents, signProposal, signReview } from './signing.ts';
export { type AgencyTopics, DEFAULT_TOPIC_PREFIX, topicsOf } from './topics.ts';
