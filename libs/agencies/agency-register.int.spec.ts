import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#event-store/sqlite';
import { fixedClock } from '#kernel';
import { AgencyRegister } from './agency-register.ts';
import { thumbprintOf } from './public-jwk.ts';
import type { PublicJwk } from './agencies.events.ts';

const yot = { slug: 'city-yot', name: 'City YOT', roles: ['yot'], districts: ['WV1'] } as const;
const makeKey = (type: 'ed25519' | 'x25519'): PublicJwk =>
  (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).publicKey.export({ format: 'jwk' }) as PublicJwk;

let folder: string;
let store: SqliteEventStore;
const clock = fixedClock(1000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agencies-'));
  clock.set(1000);
  store = SqliteEventStore.open({ file: join(folder, 'log.sqlite'), clock });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('the register of agencies', () => {
  it('finds whose key signs, for as long as it is in force', async () => {
    const register = await AgencyRegister.open(store, clock);
    const [first, second] = [makeKey('ed25519'), makeKey('ed25519')];
    await register.register(yot, [{ use: 'sig', jwk: first }]);
    clock.set(2000);
    await register.registerKey('city-yot', { use: 'sig', jwk: second, overlap: 500 });
    const at = (jwk: PublicJwk, instant: number) => register.signingKey(thumbprintOf(jwk), instant)?.agency.slug;
    expect([999, 1000, 2499, 2500].map((instant) => at(first, instant))).toEqual([undefined, 'city-yot', 'city-yot', undefined]);
    expect(at(second, 2000)).toBe('city-yot');
    clock.set(3000);
    await register.revokeKey('city-yot', thumbprintOf(second), 'laptop lost');
    expect([2999, 3000].map((instant) => at(second, instant))).toEqual(['city-yot', undefined]);
    expect(register.keyOf(thumbprintOf(second))).toMatchObject({ agency: yot, key: { jwk: second, revoked: { at: 3000 } } });
    expect(register.signingKey('../../etc/passwd', 2000)).toBeUndefined();
  });

  it('takes no key to receive for one to sign', async () => {
    const register = await AgencyRegister.open(store, clock);
    const jwk = makeKey('x25519');
    await register.register(yot, [{ use: 'enc', jwk }]);
    expect(register.signingKey(thumbprintOf(jwk), 1000)).toBeUndefined();
    expect(register.keysInForce('city-yot', 'enc').map(({ kid }) => kid)).toEqual([thumbprintOf(jwk)]);
  });

  it('registers an agency with all its keys or not at all', async () => {
    const register = await AgencyRegister.open(store, clock);
    const change = await register.register(yot, [
      { use: 'sig', jwk: makeKey('ed25519') },
      { use: 'enc', jwk: makeKey('ed25519') },
    ]);
    expect(change).toMatchObject({ ok: false, error: { code: 'unsupported-key' } });
    expect(await store.head()).toBe(0);
  });

  it('has a version that grows with each change, and is the same when read again', async () => {
    const register = await AgencyRegister.open(store, clock);
    const versions = [register.version];
    await register.register(yot);
    versions.push(register.version);
    await register.register(yot);
    versions.push(register.version);
    await register.registerKey('city-yot', { use: 'sig', jwk: makeKey('ed25519') });
    versions.push(register.version);
    expect(versions).toEqual([-1, 0, 0, 1]);
    const again = await AgencyRegister.open(store, clock);
    expect([again.version, again.list()]).toEqual([register.version, register.list()]);
  });

  it('takes in what another process changed', async () => {
    const [here, there] = [await AgencyRegister.open(store, clock), await AgencyRegister.open(store, clock)];
    await here.register(yot);
    expect(there.bySlug('city-yot')).toBeUndefined();
    await there.refresh();
    expect(there.bySlug('city-yot')).toMatchObject(yot);
  });

  it("knows the key of an agency that takes no part for a sender's alone, until it is readmitted", async () => {
    const register = await AgencyRegister.open(store, clock);
    const jwk = makeKey('ed25519');
    await register.register(yot, [{ use: 'sig', jwk }]);
    const found = () =>
      [register.signingKey(thumbprintOf(jwk), 1000), register.senderKey(thumbprintOf(jwk), 1000)].map((key) => key?.agency.slug);
    for (const stop of ['suspend', 'end'] as const) {
      expect(await register[stop]('city-yot', 'inspection')).toMatchObject({ ok: true });
      expect(found()).toEqual([undefined, 'city-yot']);
      await register.readmit('city-yot', 'settled');
      expect(found()).toEqual(['city-yot', 'city-yot']);
    }
    expect((await store.readStream('agencies')).map(({ type, meta }) => [type, meta.actor]).slice(2)).toEqual(
      ['suspended', 'readmitted', 'ended', 'readmitted'].map((how) => [`uk.concordat.agency.${how}.v1`, 'operator']),
    );
  });

  it('stores no private key', async () => {
    const register = await AgencyRegister.open(store, clock);
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    expect(await register.register(yot, [{ use: 'sig', jwk }])).toMatchObject({ ok: false, error: { code: 'private-key' } });
    expect(await store.head()).toBe(0);
  });
});
