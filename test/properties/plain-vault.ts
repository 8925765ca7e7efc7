// A vault that seals nothing: properties ask who is told what, and sealing would cost them most of their runs.
import { BlindNames, rootKeyOf, type Vault } from '#privacy';
import { OPEN } from '#privacy/opening';

export const ROOT_KEY = rootKeyOf(Buffer.alloc(32, 7));

export const plainVault = (): Vault => {
  const names = new BlindNames(ROOT_KEY);
  return {
    seal: (_key, _place, plain) => plain,
    [OPEN]: (_key, _place, sealed) => sealed,
    durable: async () => undefined,
    destroy: async () => undefined,
    erasureMark: () => 0,
    blind: (kind, value) => names.blind(kind, value),
    blindId: (kind, value) => names.blindId(kind, value),
  };
};
