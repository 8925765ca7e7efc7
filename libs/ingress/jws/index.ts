export { MAX_MESSAGE_BYTES } from './compact-form.ts';
export { MAX_EVENTS, type SignedEvent } from './content.ts';
export { type JwsFault, jwsFault, type JwsFaultCode, MESSAGE_FAULTS } from './jws-fault.ts';
export { type MessageVerifierParts, MessageVerifier, type SigningKey, type SigningKeys, type VerifiedJws } from './message-verifier.ts';
export { type JwsAlgorithm, kidIn, type ProtectedHeader } from './protected-header.ts';
export type { SigningJwk } from './signature-keys.ts';
export { sourcesOwnedBy } from './sources.ts';
export { VerifyPoolError } from './verify-pool-error.ts';
export { VerifyPool, type VerifyPoolOptions } from './verify-pool.ts';
