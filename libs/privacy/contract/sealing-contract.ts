import { offence, openedBy, type OpenFresh, PLACE, PLAIN, referral, sealed, vaultForEach } from './vault-under-test.ts';

const SEVERAL = 40;

export const sealingContract = (openFresh: OpenFresh): void => {
  const keys = vaultForEach(openFresh);

  describe('what is sealed', () => {
    it('is opened as it was, and shows nothing of itself', () => {
      const { vault } = keys();
      for (const text of ['', PLAIN, 'Zoë 漢', 'canary-of-a-person '.repeat(5000)]) {
        const one = sealed(vault, referral('learner-1'), text);
        expect(openedBy(vault, one)).toBe(text);
        expect(Buffer.from(one.bytes).includes('canary-of-a-person')).toBe(false);
      }
    });

    it('never looks alike twice', () => {
      const { vault } = keys();
      const seen = new Set(Array.from({ length: SEVERAL }, () => Buffer.from(sealed(vault, referral('learner-1')).bytes).toString('hex')));
      expect(seen.size).toBe(SEVERAL);
    });

    it.each([{ stream: 'learner-2' }, { revision: 4 }, { type: 'uk.concordat.referral.declined.v1' }])(
      'is bound to its place: not opened at %j',
      (other) => {
        const { vault } = keys();
        expect(openedBy(vault, sealed(vault, referral('learner-1')), { ...PLACE, ...other })).toBe('not-sealed-here');
      },
    );

    it('is bound to its owner and its category', () => {
      const { vault } = keys();
      const { bytes } = sealed(vault, referral('learner-1'));
      expect(openedBy(vault, { key: referral('learner-2'), bytes })).toBe('unknown-key');
      expect(openedBy(vault, { key: offence('learner-1'), bytes })).toBe('unknown-key');
      sealed(vault, referral('learner-2'));
      expect(openedBy(vault, { key: referral('learner-2'), bytes })).toBe('unknown-key');
    });

    it('is refused where a byte was altered, or it is none', () => {
      const { vault } = keys();
      const { key, bytes } = sealed(vault, referral('learner-1'));
      const altered = Uint8Array.from(bytes, (byte, at) => (at === bytes.byteLength - 1 ? byte ^ 1 : byte));
      for (const wrong of [altered, new Uint8Array(), Buffer.from(PLAIN)]) {
        expect(openedBy(vault, { key, bytes: wrong })).toBe('not-sealed-here');
      }
    });
  });

  describe('a key', () => {
    it('is kept once `durable` resolves, for whoever comes after', async () => {
      const { vault, another } = keys();
      const one = sealed(vault, referral('learner-1'));
      await vault.durable();
      expect(openedBy(another(), one)).toBe(PLAIN);
      await vault.close();
      const anew = another();
      expect(openedBy(anew, one)).toBe(PLAIN);
      expect(openedBy(anew, sealed(anew, referral('learner-1')))).toBe(PLAIN);
    });

    it('that was never kept is an error, and no erasure', async () => {
      const { vault, another } = keys();
      const one = sealed(vault, referral('learner-1'));
      expect(openedBy(vault, one)).toBe(PLAIN);
      await vault.close();
      expect(openedBy(another(), one)).toBe('unknown-key');
    });

    it('is kept with all others that anybody waits for', async () => {
      const { vault, another } = keys();
      const all = Array.from({ length: SEVERAL }, async (_, n) => {
        const one = sealed(vault, referral(`learner-${n}`));
        await vault.durable();
        return one;
      });
      const beside = another();
      for (const one of await Promise.all(all)) expect(openedBy(beside, one)).toBe(PLAIN);
    });

    it('may be the first of its name in two processes at the same moment: both hold', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const both = [sealed(here, referral('learner-1')), sealed(there, referral('learner-1'))];
      await Promise.all([here.durable(), there.durable()]);
      const third = another();
      for (const one of both) expect(openedBy(third, one)).toBe(PLAIN);
      await third.destroy('learner-1');
      for (const vault of [here, there, third]) for (const one of both) expect(openedBy(vault, one)).toBe('erased');
    });
  });

  describe('a vault that is closed', () => {
    it('says so, and may be closed again', async () => {
      const { vault } = keys();
      const one = sealed(vault, referral('learner-1'));
      await vault.probe();
      await vault.close();
      await vault.close();
      expect(() => sealed(vault, referral('learner-1'))).toThrow(expect.objectContaining({ code: 'closed' }));
      expect(openedBy(vault, one)).toBe('closed');
      for (const ask of [() => vault.destroy('learner-1'), () => vault.probe()])
        await expect(ask()).rejects.toMatchObject({ code: 'closed' });
    });
  });
};
