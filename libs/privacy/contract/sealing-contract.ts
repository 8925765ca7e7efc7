import {
  offence,
  openedBy,
  openedWith,
  type OpenFresh,
  PLACE,
  PLAIN,
  referral,
  sealed,
  sealedWith,
  vaultForEach,
} from './vault-under-test.ts';

const SEVERAL = 40;

export const sealingContract = (openFresh: OpenFresh): void => {
  const keys = vaultForEach(openFresh);

  describe('what is sealed', () => {
    it('is opened as it was, and shows nothing of itself', async () => {
      const { vault } = keys();
      for (const text of ['', PLAIN, 'Zoë 漢', 'canary-of-a-person '.repeat(5000)]) {
        const one = await sealed(vault, referral('learner-1'), text);
        expect(await openedBy(vault, one)).toBe(text);
        expect(Buffer.from(one.bytes).includes('canary-of-a-person')).toBe(false);
      }
    });

    it('never looks alike twice', async () => {
      const loaded = await keys().vault.load([referral('learner-1')]);
      const seen = new Set(
        Array.from({ length: SEVERAL }, () => Buffer.from(sealedWith(loaded, referral('learner-1')).bytes).toString('hex')),
      );
      expect(seen.size).toBe(SEVERAL);
    });

    it.each([{ stream: 'learner-2' }, { revision: 4 }, { type: 'uk.concordat.referral.declined.v1' }])(
      'is bound to its place: not opened at %j',
      async (other) => {
        const { vault } = keys();
        expect(await openedBy(vault, await sealed(vault, referral('learner-1')), { ...PLACE, ...other })).toBe('not-sealed-here');
      },
    );

    it('is bound to its owner and its category', async () => {
      const { vault } = keys();
      const { bytes } = await sealed(vault, referral('learner-1'));
      expect(await openedBy(vault, { key: referral('learner-2'), bytes })).toBe('unknown-key');
      expect(await openedBy(vault, { key: offence('learner-1'), bytes })).toBe('unknown-key');
      await sealed(vault, referral('learner-2'));
      expect(await openedBy(vault, { key: referral('learner-2'), bytes })).toBe('unknown-key');
    });

    it('is refused where a byte was altered, or it is none', async () => {
      const { vault } = keys();
      const { key, bytes } = await sealed(vault, referral('learner-1'));
      const altered = Uint8Array.from(bytes, (byte, at) => (at === bytes.byteLength - 1 ? byte ^ 1 : byte));
      for (const wrong of [altered, new Uint8Array(), Buffer.from(PLAIN)]) {
        expect(await openedBy(vault, { key, bytes: wrong })).toBe('not-sealed-here');
      }
    });
  });

  describe('keys that are loaded', () => {
    it('are those of the names asked for, and of no other', async () => {
      const { vault } = keys();
      const [one, other] = [await sealed(vault, referral('learner-1')), await sealed(vault, offence('learner-1'))];
      const loaded = await vault.load([one.key]);
      expect([openedWith(loaded, one), openedWith(loaded, other)]).toEqual([PLAIN, 'not-loaded']);
      expect(() => sealedWith(loaded, other.key)).toThrow(expect.objectContaining({ code: 'not-loaded' }));
    });

    it('may be asked for by the same name again and again, and by none', async () => {
      const { vault } = keys();
      const loaded = await vault.load(Array.from({ length: SEVERAL }, () => referral('learner-1')));
      expect(openedWith(loaded, sealedWith(loaded, referral('learner-1')))).toBe(PLAIN);
      expect(openedWith(await vault.load([]), sealedWith(loaded, referral('learner-1')))).toBe('not-loaded');
    });

    it('are the same for all who loaded them: what one seals another opens', async () => {
      const { vault } = keys();
      const both = await Promise.all([vault.load([referral('learner-1')]), vault.load([referral('learner-1')])]);
      for (const by of both) for (const one of both) expect(openedWith(by, sealedWith(one, referral('learner-1')))).toBe(PLAIN);
    });
  });

  describe('a key', () => {
    it('is kept once `durable` resolves, for whoever comes after', async () => {
      const { vault, another } = keys();
      const one = await sealed(vault, referral('learner-1'));
      await vault.durable();
      expect(await openedBy(another(), one)).toBe(PLAIN);
      await vault.close();
      const anew = another();
      expect(await openedBy(anew, one)).toBe(PLAIN);
      expect(await openedBy(anew, await sealed(anew, referral('learner-1')))).toBe(PLAIN);
    });

    it('may have been made by another process since its name was loaded', async () => {
      const { vault: here, another } = keys();
      const there = another();
      await there.load([referral('learner-1')]);
      const one = await sealed(here, referral('learner-1'));
      await here.durable();
      expect(await openedBy(there, one)).toBe(PLAIN);
    });

    it('that was never kept is an error, and no erasure', async () => {
      const { vault, another } = keys();
      const one = await sealed(vault, referral('learner-1'));
      expect(await openedBy(vault, one)).toBe(PLAIN);
      await vault.close();
      expect(await openedBy(another(), one)).toBe('unknown-key');
    });

    it('is kept with all others that anybody waits for', async () => {
      const { vault, another } = keys();
      const all = Array.from({ length: SEVERAL }, async (_, n) => {
        const one = await sealed(vault, referral(`learner-${n}`));
        await vault.durable();
        return one;
      });
      const beside = another();
      for (const one of await Promise.all(all)) expect(await openedBy(beside, one)).toBe(PLAIN);
    });

    it('may be the first of its name in two processes at the same moment: both hold', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const both = [await sealed(here, referral('learner-1')), await sealed(there, referral('learner-1'))];
      await Promise.all([here.durable(), there.durable()]);
      const third = another();
      for (const one of both) expect(await openedBy(third, one)).toBe(PLAIN);
      await third.destroy('learner-1');
      for (const vault of [here, there, third]) for (const one of both) expect(await openedBy(vault, one)).toBe('erased');
    });
  });

  describe('a vault that is closed', () => {
    it('says so, and may be closed again', async () => {
      const { vault } = keys();
      const one = await sealed(vault, referral('learner-1'));
      const loaded = await vault.load([one.key]);
      await vault.probe();
      await vault.close();
      await vault.close();
      expect(() => sealedWith(loaded, one.key)).toThrow(expect.objectContaining({ code: 'closed' }));
      expect(openedWith(loaded, one)).toBe('closed');
      expect(await openedBy(vault, one)).toBe('closed');
      const asked = [() => vault.load([one.key]), () => vault.destroy('learner-1'), () => vault.probe()];
      for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'closed' });
    });
  });
};
