export { MemoryKeys } from './memory-keys.ts';
export { MemoryVault, type MemoryVaultOptions } from './memory-vault.ts';
