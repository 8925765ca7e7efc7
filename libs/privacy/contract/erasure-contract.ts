// Invariant 8: what a destroyed key sealed is opened by nobody any more.
import {
  offence,
  openedBy,
  openedByEach,
  openedWith,
  type OpenFresh,
  PLAIN,
  referral,
  sealed,
  sealedWith,
  vaultForEach,
} from './vault-under-test.ts';

export const erasureContract = (openFresh: OpenFresh): void => {
  const keys = vaultForEach(openFresh);

  describe('destroying', () => {
    it('erases one category of an owner, or all, and nothing else', async () => {
      const { vault, another } = keys();
      const all = await Promise.all([referral('learner-1'), offence('learner-1'), referral('learner-2')].map((key) => sealed(vault, key)));
      await vault.destroy('learner-1', 'referral');
      expect(await openedByEach([vault], all)).toEqual([['erased', PLAIN, PLAIN]]);
      await vault.destroy('learner-1');
      expect(await openedByEach([vault], all)).toEqual([['erased', 'erased', PLAIN]]);
      await vault.durable();
      await vault.close();
      expect(await openedByEach([another()], all)).toEqual([['erased', 'erased', PLAIN]]);
    });

    it('erases what was sealed with a key that is not kept yet', async () => {
      const { vault, another } = keys();
      const one = await sealed(vault, referral('learner-1'));
      await vault.destroy('learner-1');
      await vault.durable();
      expect(await openedByEach([vault, another()], [one])).toEqual([['erased'], ['erased']]);
    });

    it('leaves what is said later readable, and what was erased erased', async () => {
      const { vault, another } = keys();
      const before = await sealed(vault, referral('learner-1'));
      await vault.destroy('learner-1');
      const after = await sealed(vault, referral('learner-1'));
      await vault.durable();
      expect(await openedByEach([vault, another()], [before, after])).toEqual(Array(2).fill(['erased', PLAIN]));
      await vault.destroy('learner-1');
      expect(await openedBy(vault, after)).toBe('erased');
    });

    it('can be done twice, and to an owner without keys', async () => {
      const { vault } = keys();
      const one = await sealed(vault, referral('learner-1'));
      await vault.destroy('learner-1');
      await vault.destroy('learner-1');
      await vault.destroy('learner-9', 'offence');
      expect(await openedBy(vault, one)).toBe('erased');
    });

    it('has taken effect in every process once it resolves, also in those that opened it before', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const one = await sealed(here, referral('learner-1'));
      await here.durable();
      expect(await openedBy(there, one)).toBe(PLAIN);
      await here.destroy('learner-1');
      expect(await openedBy(there, one)).toBe('erased');
      const later = await sealed(there, referral('learner-1'));
      await there.durable();
      await here.destroy('learner-2'); // whatever it destroys, it has looked at the keys again by then
      expect(await openedBy(here, later)).toBe(PLAIN);
    });

    it('has taken effect on keys that were loaded before: none in any process opens it, or seals what could not be opened', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const one = await sealed(here, referral('learner-1'));
      await here.durable();
      const held = await Promise.all([here, there].map((vault) => vault.load([one.key])));
      expect(held.map((loaded) => openedWith(loaded, one))).toEqual([PLAIN, PLAIN]);
      await here.destroy('learner-1');
      for (const loaded of held) expect(['erased', 'not-loaded']).toContain(openedWith(loaded, one));
      for (const [place, vault] of [here, there].entries()) {
        const later = sealedIfHeld(() => sealedWith(held[place] ?? fail(), one.key)) ?? (await sealed(vault, one.key));
        await vault.durable();
        expect(await openedBy(another(), later)).toBe(PLAIN);
      }
    });

    it('changes the mark by which every process knows that what it opened before must be opened anew', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const marks = () => [here, there].map((vault) => vault.erasureMark());
      const before = marks();
      await sealed(here, referral('learner-1'));
      await here.destroy('learner-1');
      const after = marks();
      expect(after.map((mark, n) => mark === before[n])).toEqual([false, false]);
      await there.destroy('learner-9');
      expect(marks().map((mark, n) => mark === after[n])).toEqual([false, false]);
    });
  });
};

const fail = (): never => {
  throw new Error('There are no such keys.');
};

/** Keys may say that they are to be loaded anew. */
const sealedIfHeld = <Result>(seal: () => Result): Result | undefined => {
  try {
    return seal();
  } catch (cause) {
    expect(cause).toMatchObject({ code: 'not-loaded' });
    return undefined;
  }
};
