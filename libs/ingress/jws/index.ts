export { type JwsAlgorithm, kidIn, MAX_MESSAGE_BYTES, type ProtectedHeader } from './compact-jws.ts';
export {
  MAX_EVENTS,
  MessageVerifier,
  type MessageVerifierParts,
  type SignedEvent,
  type SigningKey,
  type SigningKeys,
  sourcesOwnedBy,
  type VerifiedJws,
} from './message-verifier.ts';
export { type JwsFault, jwsFault, type JwsFaultCode, MESSAGE_FAULTS } from './jws-fault.ts';
export type { SigningJwk } from './signature-keys.ts';
export { VerifyPool, VerifyPoolError, type VerifyPoolOptions } from './verify-pool.ts';
