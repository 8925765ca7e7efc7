// What a lease adds to the contract: a vault whose keys lie elsewhere, and which may not be reached.
import { vaultContract } from './index.ts';
import { KeyServer, LEASE_MS, RemoteVault } from './remote-vault.ts';
import { openedBy, openedWith, PLAIN, referral, ROOT_KEY, sealed, sealedWith } from './vault-under-test.ts';

vaultContract('RemoteVault', async (rootKey) => {
  const server = new KeyServer();
  const open = (): RemoteVault => new RemoteVault(rootKey, server);
  return { vault: open(), another: open, discard: async () => undefined };
});

const KEY = referral('learner-1');

describe('keys under a lease', () => {
  let server: KeyServer;
  let here: RemoteVault;
  let there: RemoteVault;
  beforeEach(() => {
    server = new KeyServer();
    [here, there] = [new RemoteVault(ROOT_KEY, server), new RemoteVault(ROOT_KEY, server)];
  });

  it('are asked for once, and again when it has ended', async () => {
    const one = await sealed(here, KEY);
    await here.durable();
    for (let n = 0; n < 3; n++) expect(await openedBy(here, one)).toBe(PLAIN);
    const loaded = await here.load([KEY]);
    const before = server.loads;
    server.pass(LEASE_MS);
    expect(openedWith(loaded, one)).toBe('not-loaded');
    expect(() => sealedWith(loaded, KEY)).toThrow(expect.objectContaining({ code: 'not-loaded' }));
    expect(await openedBy(here, one)).toBe(PLAIN);
    expect([before, server.loads]).toEqual([1, 2]);
  });

  it('change the mark when it ends that was not renewed', async () => {
    await here.load([KEY]);
    const before = here.erasureMark();
    server.pass(LEASE_MS - 1);
    expect(here.erasureMark()).toBe(before);
    server.pass(1);
    expect(here.erasureMark()).not.toBe(before);
  });

  it('are destroyed once who does not hear of it has no lease on them any more', async () => {
    const one = await sealed(here, KEY);
    await here.durable();
    const loaded = await there.load([KEY]);
    there.hears = false;
    let destroyed = false;
    const destroying = here.destroy('learner-1').then(() => (destroyed = true));
    server.pass(LEASE_MS - 1);
    expect(openedWith(loaded, one)).toBe(PLAIN);
    await here.probe();
    expect(destroyed).toBe(false);
    server.pass(1);
    await destroying;
    expect(openedWith(loaded, one)).toBe('not-loaded');
    expect(await openedBy(there, one)).toBe('erased');
  });

  it('cannot be had while they cannot be reached, and can be afterwards', async () => {
    const one = await sealed(here, KEY);
    await here.durable();
    server.pass(LEASE_MS);
    const { answering } = server;
    server.answering = () => Promise.reject(new Error('No route to host.'));
    await expect(here.load([KEY])).rejects.toMatchObject({ code: 'unavailable' });
    server.answering = answering;
    expect(await openedBy(here, one)).toBe(PLAIN);
  });
});
