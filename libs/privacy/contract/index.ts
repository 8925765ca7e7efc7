// One suite for every vault: what the port promises, and no more than that.
import { erasureContract } from './erasure-contract.ts';
import { namesContract, streamSealContract } from './names-contract.ts';
import { sealingContract } from './sealing-contract.ts';
import type { OpenFresh } from './vault-under-test.ts';

export { KeyServer, LEASE_MS, RemoteVault } from './remote-vault.ts';
export { usesOf } from './vault-under-test.ts';
export type { OpenFresh, VaultUnderTest } from './vault-under-test.ts';

export const vaultContract = (name: string, openFresh: OpenFresh): void => {
  describe(`${name}, as a vault`, () => {
    describe('sealing', () => sealingContract(openFresh));
    describe('erasing', () => erasureContract(openFresh));
    describe('naming', () => namesContract(openFresh));
    describe('vouching', () => streamSealContract(openFresh));
  });
};
