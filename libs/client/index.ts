export { batchesOf, type AgencyEvent, type EventToSend, toEvent } from './agency-event.ts';
export { ClientError } from './client-error.ts';
export { type ClientOptions, ConcordatClient, type Query } from './concordat-client.ts';
export {
  type EncryptionCurve,
  generateEncryptionKey,
  generateSigningKey,
  type KeyPair,
  type SigningAlgorithm,
  type SigningKey,
  signingKeyOf,
} from './keys.ts';
export type { Existing, Outcome, Receipt, ReceiptProblem } from './receipt.ts';
export { signAssertion, signEvents } from './signing.ts';
