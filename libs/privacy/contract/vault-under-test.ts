// What a suite of the contract works on: a vault with another beside it, and what is sealed with it.
import { type RootKey, rootKeyOf } from '../root-key.ts';
import { OPEN, openSealed } from '../opening/index.ts';
import type { KeyName, Keys, Place, Vault } from '../vault.ts';

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

export const sealed = async (vault: Vault, key: KeyName, text = PLAIN): Promise<Sealed> => sealedWith(await vault.load([key]), key, text);

export const sealedWith = (keys: Keys, key: KeyName, text = PLAIN): Sealed => ({ key, bytes: keys.seal(key, PLACE, Buffer.from(text)) });

/** The text; `erased`, or the code of the fault. */
export const openedBy = async (vault: Vault, one: Sealed, place = PLACE): Promise<string> => {
  try {
    return textIn(await vault.load([{ ...one.key, sealed: one.bytes }]), one, place);
  } catch (cause) {
    return codeOf(cause);
  }
};

export const openedWith = (keys: Keys, one: Sealed, place = PLACE): string => {
  try {
    return textIn(keys, one, place);
  } catch (cause) {
    return codeOf(cause);
  }
};

const textIn = (keys: Keys, { key, bytes }: Sealed, place: Place): string => {
  const plain = openSealed(keys, key, place, bytes);
  return plain ? Buffer.from(plain).toString() : 'erased';
};

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause));

/** Names of what is sealed and opened with keys that are loaded from now on, one after the other. */
export const usesOf = (vault: Vault): { readonly sealed: readonly KeyName[]; readonly opened: readonly KeyName[] } => {
  const uses = { sealed: [] as KeyName[], opened: [] as KeyName[] };
  const load = vault.load.bind(vault);
  vault.load = async (names) => {
    const keys = await load(names);
    const seal: Keys['seal'] = (key, place, plain) => {
      uses.sealed.push(key);
      return keys.seal(key, place, plain);
    };
    const open: Keys[typeof OPEN] = (key, place, sealed) => {
      uses.opened.push(key);
      return keys[OPEN](key, place, sealed);
    };
    return { seal, [OPEN]: open };
  };
  return uses;
};

export const openedByEach = async (vaults: readonly Vault[], all: readonly Sealed[]): Promise<readonly (readonly string[])[]> =>
  Promise.all(vaults.map((vault) => Promise.all(all.map((one) => openedBy(vault, one)))));

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
