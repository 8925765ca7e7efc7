// What a suite of the contract works on: a vault with another beside it, and what is sealed with it.
import { type RootKey, rootKeyOf } from '../root-key.ts';
import { openSealed } from '../opening/index.ts';
import type { KeyName, Place, Vault } from '../vault.ts';

export interface VaultUnderTest {
  readonly vault: Vault;
  /** Another on the same keys: beside the first, as another process; or anew, after the first has been closed. */
  readonly another: () => Vault;
  /** Removes the keys; all on them have been closed. */
  readonly discard: () => Promise<void>;
}

export type OpenFresh = (rootKey: RootKey) => Promise<VaultUnderTest>;

export const ROOT_KEY = rootKeyOf(Buffer.alloc(32, 7));
export const PLACE: Place = { stream: 'learner-1', revision: 3, type: 'uk.concordat.referral.made.v1' };
export const PLAIN = '{"a":1}';

export const referral = (owner: string): KeyName => ({ owner, category: 'referral' });
export const offence = (owner: string): KeyName => ({ owner, category: 'offence' });

export interface Sealed {
  readonly key: KeyName;
  readonly bytes: Uint8Array;
}

export const sealed = (vault: Vault, key: KeyName, text = PLAIN): Sealed => ({ key, bytes: vault.seal(key, PLACE, Buffer.from(text)) });

/** The text; `erased`, or the code of the fault. */
export const openedBy = (vault: Vault, { key, bytes }: Sealed, place = PLACE): string => {
  try {
    const plain = openSealed(vault, key, place, bytes);
    return plain ? Buffer.from(plain).toString() : 'erased';
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  }
};

/** A fresh vault before each test; whatever was opened beside it is closed with it. */
export const vaultForEach = (openFresh: OpenFresh): (() => VaultUnderTest) => {
  let made: VaultUnderTest;
  let opened: Vault[];
  beforeEach(async () => {
    const fresh = await openFresh(ROOT_KEY);
    opened = [fresh.vault];
    const another = (): Vault => {
      const vault = fresh.another();
      opened.push(vault);
      return vault;
    };
    made = { ...fresh, another };
  });
  afterEach(async () => {
    for (const vault of opened) await vault.close();
    await made.discard();
  });
  return () => made;
};
