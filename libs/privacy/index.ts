export * from './blind-names.ts';
export { deriveKey, type RootKey, rootKeyOf } from './derivation.ts';
export * from './pairwise-pseudonyms.ts';
export * from './payload.ts';
export * from './root-key.ts';
export * from './sealing.ts';
export * from './vault-error.ts';
export type * from './vault.ts';
