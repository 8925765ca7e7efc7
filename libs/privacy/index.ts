export * from './pseudonyms.ts';
export { loadRootKey, type RootKey, RootKeyError, type RootKeyErrorCode, rootKeyOf, type RootKeySource } from './root-key.ts';
export {
  type BatchEvidence,
  type Evidence,
  evidenceOf,
  type EvidencePart,
  type EvidenceVerdict,
  type SignedMessage,
  type SingleEvidence,
  type VerificationKey,
  verifyEvidence,
} from './evidence.ts';
export { type FeedJwk, type FeedKey, FeedKeys } from './feed-keys.ts';
export {
  decodePayload,
  encodePayload,
  keyNumberOf,
  keysOf,
  type NumberedKey,
  openWith,
  type Payload,
  SEAL_BYTES,
  sealWith,
  VaultError,
  type VaultErrorCode,
  withKeys,
} from './sealing.ts';
export type * from './vault.ts';
