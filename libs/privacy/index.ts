export * from './blind-names.ts';
export { type RootKey, rootKeyOf } from './derivation.ts';
export {
  type BatchEvidence,
  type Evidence,
  evidenceOf,
  type SignedMessage,
  type SingleEvidence,
  type VerificationKey,
} from './evidence.ts';
export { type FeedJwk, type FeedKey, FeedKeys } from './feed-keys.ts';
export * from './pairwise-ids.ts';
export * from './pairwise-pseudonyms.ts';
export * from './payload.ts';
export * from './root-key.ts';
export * from './sealing.ts';
export * from './vault-error.ts';
export type * from './vault.ts';
export * from './verify-evidence.ts';
