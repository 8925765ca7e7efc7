import { rootKeyOf } from '../root-key.ts';
import { type OpenFresh, vaultForEach } from './vault-under-test.ts';

export const namesContract = (openFresh: OpenFresh): void => {
  const keys = vaultForEach(openFresh);
  const values = ['', 'a', 'A', 'é', 'uln:1000000108', 'a\nb'];
  const kinds = ['uln', 'item', 'message'];

  describe('blind names', () => {
    it('are always the same for one value of one kind, after a restart too', async () => {
      const { vault, another } = keys();
      const named = () => kinds.flatMap((kind) => values.flatMap((value) => [vault.blind(kind, value), vault.blindId(kind, value)]));
      const first = named();
      expect(named()).toEqual(first);
      await vault.close();
      const anew = another();
      expect(kinds.flatMap((kind) => values.flatMap((value) => [anew.blind(kind, value), anew.blindId(kind, value)]))).toEqual(first);
    });

    it('differ for different values, and for one value of different kinds', () => {
      const { vault } = keys();
      const all = kinds.flatMap((kind) => values.map((value) => ({ kind, value })));
      expect(new Set(all.map(({ kind, value }) => vault.blind(kind, value))).size).toBe(all.length);
      expect(new Set(all.map(({ kind, value }) => vault.blindId(kind, value))).size).toBe(all.length);
    });

    it('are 22 characters of base64url, or a UUID of version 8, and show nothing of the value', () => {
      const { vault } = keys();
      expect(vault.blind('uln', '1000000108')).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect(vault.blindId('uln', '1000000108')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    });

    it('are of the root key: under another nobody comes by the same', async () => {
      const other = await openFresh(rootKeyOf(Buffer.alloc(32, 8)));
      expect(other.vault.blind('uln', 'a')).not.toBe(keys().vault.blind('uln', 'a'));
      expect(other.vault.blindId('uln', 'a')).not.toBe(keys().vault.blindId('uln', 'a'));
      await other.vault.close();
      await other.discard();
    });
  });
};
