// Invariant 8: what a destroyed key sealed is opened by nobody any more.
import { offence, openedBy, type OpenFresh, PLAIN, referral, sealed, vaultForEach } from './vault-under-test.ts';

export const erasureContract = (openFresh: OpenFresh): void => {
  const keys = vaultForEach(openFresh);

  describe('destroying', () => {
    it('erases one category of an owner, or all, and nothing else', async () => {
      const { vault, another } = keys();
      const all = [referral('learner-1'), offence('learner-1'), referral('learner-2')].map((key) => sealed(vault, key));
      const seen = (by = vault) => all.map((one) => openedBy(by, one));
      await vault.destroy('learner-1', 'referral');
      expect(seen()).toEqual(['erased', PLAIN, PLAIN]);
      await vault.destroy('learner-1');
      expect(seen()).toEqual(['erased', 'erased', PLAIN]);
      await vault.durable();
      await vault.close();
      expect(seen(another())).toEqual(['erased', 'erased', PLAIN]);
    });

    it('erases what was sealed with a key that is not kept yet', async () => {
      const { vault, another } = keys();
      const one = sealed(vault, referral('learner-1'));
      await vault.destroy('learner-1');
      await vault.durable();
      expect([openedBy(vault, one), openedBy(another(), one)]).toEqual(['erased', 'erased']);
    });

    it('leaves what is said later readable, and what was erased erased', async () => {
      const { vault, another } = keys();
      const before = sealed(vault, referral('learner-1'));
      await vault.destroy('learner-1');
      const after = sealed(vault, referral('learner-1'));
      await vault.durable();
      for (const one of [vault, another()]) expect([openedBy(one, before), openedBy(one, after)]).toEqual(['erased', PLAIN]);
      await vault.destroy('learner-1');
      expect(openedBy(vault, after)).toBe('erased');
    });

    it('can be done twice, and to an owner without keys', async () => {
      const { vault } = keys();
      const one = sealed(vault, referral('learner-1'));
      await vault.destroy('learner-1');
      await vault.destroy('learner-1');
      await vault.destroy('learner-9', 'offence');
      expect(openedBy(vault, one)).toBe('erased');
    });

    it('has taken effect in every process once it resolves, also in those that opened it before', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const one = sealed(here, referral('learner-1'));
      await here.durable();
      expect(openedBy(there, one)).toBe(PLAIN);
      await here.destroy('learner-1');
      expect(openedBy(there, one)).toBe('erased');
      const later = sealed(there, referral('learner-1'));
      await there.durable();
      await here.destroy('learner-2'); // whatever it destroys, it has looked at the keys again by then
      expect(openedBy(here, later)).toBe(PLAIN);
    });

    it('changes the mark by which every process knows that what it opened before must be opened anew', async () => {
      const { vault: here, another } = keys();
      const there = another();
      const marks = () => [here, there].map((vault) => vault.erasureMark());
      const before = marks();
      sealed(here, referral('learner-1'));
      await here.destroy('learner-1');
      const after = marks();
      expect(after.map((mark, n) => mark === before[n])).toEqual([false, false]);
      await there.destroy('learner-9');
      expect(marks().map((mark, n) => mark === after[n])).toEqual([false, false]);
    });
  });
};
