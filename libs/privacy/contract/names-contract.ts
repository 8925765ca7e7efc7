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

/** What the keys' place vouches for beside keys (ADR 19). */
export const streamSealContract = (openFresh: OpenFresh): void => {
  const keys = vaultForEach(openFresh);
  const EVENT = { id: 'e', type: 't', meta: { actor: 'operator', correlation: 'c', schema: 1 }, payload: Buffer.from('{}') };
  const PLACE = { stream: 'agencies', revision: 0 };

  describe('how far a sealed stream goes', () => {
    it('is kept for whoever comes after, and never goes back', async () => {
      const { vault, another } = keys();
      expect(await vault.streamSeal.reached('agencies')).toBeUndefined();
      for (const revision of [3, 1]) await vault.streamSeal.reach('agencies', { revision, tag: `tag ${revision}` });
      await another().streamSeal.reach('protocols', { revision: 0, tag: 'other' });
      await vault.close();
      const anew = another().streamSeal;
      expect([await anew.reached('agencies'), await anew.reached('protocols')]).toEqual([
        { revision: 3, tag: 'tag 3' },
        { revision: 0, tag: 'other' },
      ]);
    });

    it('cannot be told by whoever asks a vault that is closed', async () => {
      const { vault } = keys();
      await vault.close();
      const { reached, reach } = vault.streamSeal;
      for (const ask of [() => reached('agencies'), () => reach('agencies', { revision: 0, tag: '' })])
        await expect(ask()).rejects.toMatchObject({ code: 'closed' });
    });
  });

  it('the tag of an event is the same in every process, and another for another event, place, tag before or root key', async () => {
    const { vault, another } = keys();
    const { tag } = vault.streamSeal;
    const first = tag(EVENT, PLACE, '');
    expect(another().streamSeal.tag(EVENT, PLACE, '')).toBe(first);
    const other = await openFresh(rootKeyOf(Buffer.alloc(32, 8)));
    const others = [
      tag({ ...EVENT, payload: Buffer.from('[]') }, PLACE, ''),
      tag({ ...EVENT, meta: { ...EVENT.meta, actor: 'other' } }, PLACE, ''),
      tag(EVENT, { ...PLACE, revision: 1 }, ''),
      tag(EVENT, { ...PLACE, stream: 'protocols' }, ''),
      tag(EVENT, PLACE, first),
      other.vault.streamSeal.tag(EVENT, PLACE, ''),
    ];
    expect(new Set([first, ...others]).size).toBe(7);
    await other.vault.close();
    await other.discard();
  });
};
