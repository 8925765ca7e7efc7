import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyRegister, type PublicJwk, thumbprintOf } from '#agencies';
import type { Role } from '#catalogue';
import { SqliteEventStore } from '#event-store/sqlite';
import { fixedClock } from '#kernel';
import { CompactSign, importJWK } from 'jose';
import { canonicalBytes, digestOf, type PrivateKey, signDocument, signReview } from './register-signatures.ts';
import { smallProtocol, withFlow } from './fixtures/small-protocol.ts';
import type { ProtocolDocument } from './language.ts';
import type { ProtocolChange } from './register.ts';
import { ProtocolRegister } from './register.ts';
import { shippedProtocols } from './shipped.ts';

const clock = fixedClock(Date.parse('2024-10-01T12:00:00Z'));
const today = '2024-10-01';
const name = { protocol: 'attendance', version: 1 };

const keyFor = (alg: PrivateKey['alg']): { readonly key: PrivateKey; readonly jwk: PublicJwk } => {
  const pair = alg === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
  return { key: { jwk: pair.privateKey.export({ format: 'jwk' }), alg, kid: thumbprintOf(jwk) }, jwk };
};

const cx = keyFor('EdDSA');
const trainer = keyFor('ES256');
const signedBy = async ({ jwk, alg, kid }: PrivateKey, payload: Uint8Array): Promise<string> =>
  new CompactSign(payload).setProtectedHeader({ alg, kid }).sign(await importJWK(jwk, alg));

let directory: string;
let store: SqliteEventStore;
let agencies: AgencyRegister;
let register: ProtocolRegister;

const add = async (slug: string, role: Role, jwk: PublicJwk): Promise<unknown> =>
  agencies.register({ slug, name: slug, roles: [role], districts: [] }, [{ use: 'sig', jwk }]);

const code = (change: ProtocolChange): string => (change.ok ? `recorded ${change.value.length}` : change.error.code);
const sign = async (document: ProtocolDocument, key: PrivateKey): Promise<string> =>
  code(await register.sign(await signDocument(document, key), agencies));
const status = (): string | undefined => register.byName(name, today)?.status;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'protocols-'));
  store = SqliteEventStore.open({ file: join(directory, 'log.sqlite'), clock });
  agencies = await AgencyRegister.open(store, clock);
  await add('cx', 'connexions', cx.jwk);
  await add('trainer', 'provider', trainer.jwk);
  register = await ProtocolRegister.open(store, clock);
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

describe('the register of protocols', () => {
  it('brings a protocol into force once all who must have signed', async () => {
    expect(code(await register.draft(smallProtocol))).toBe('recorded 1');
    expect([await sign(smallProtocol, cx.key), status()]).toEqual(['recorded 1', 'drafted']);
    expect([await sign(smallProtocol, trainer.key), status()]).toEqual(['recorded 1', 'in-force']);
    expect(register.inForce(today)).toEqual([{ document: smallProtocol, parties: ['cx', 'trainer'] }]);
    expect(register.inForce('2024-08-31')).toEqual([]);
  });

  it('keeps who signed, with which key and what', async () => {
    await register.draft(smallProtocol);
    const jws = await signDocument(smallProtocol, cx.key);
    await register.sign(jws, agencies);
    expect(register.byName(name, today)).toMatchObject({
      digest: digestOf(smallProtocol),
      signatures: [{ ...name, agency: 'cx', fills: [0], kid: cx.key.kid, signature: jws }],
    });
  });

  it('counts a version with each change, and stands again when opened anew', async () => {
    expect(register.version).toBe(-1);
    await register.draft(smallProtocol);
    await sign(smallProtocol, cx.key);
    expect([await sign(smallProtocol, cx.key), register.version]).toEqual(['recorded 0', 1]);
    const again = await ProtocolRegister.open(store, clock);
    expect([again.version, again.versions(today)]).toEqual([1, register.versions(today)]);
  });

  it('takes in what another process changed', async () => {
    const other = await ProtocolRegister.open(store, clock);
    await register.draft(smallProtocol);
    await other.refresh();
    expect(other.byName(name, today)?.status).toBe('drafted');
  });

  it('stops with a suspension, goes on with its end, and ends', async () => {
    await register.draft(smallProtocol);
    await sign(smallProtocol, cx.key);
    await sign(smallProtocol, trainer.key);
    const stop = { ...name, reason: 'a breach' };
    expect([code(await register.suspend(stop)), status(), register.inForce(today)]).toEqual(['recorded 1', 'suspended', []]);
    expect([code(await register.resume(stop)), status()]).toEqual(['recorded 1', 'in-force']);
    expect([code(await register.leave('attendance', 'cx')), status()]).toEqual(['recorded 1', 'drafted']);
    expect([code(await register.end(stop)), status(), register.byName(name, today)?.endedOn]).toEqual(['recorded 1', 'ended', today]);
    expect(code(await register.resume(stop))).toBe('protocol-ended');
  });

  it('says who did what in the log', async () => {
    await register.draft(smallProtocol);
    await sign(smallProtocol, cx.key);
    const events = await store.readStream('sharing-protocols');
    expect(events.map(({ type, meta }) => [type, meta.actor])).toEqual([
      ['uk.concordat.protocol.drafted.v1', 'operator'],
      ['uk.concordat.protocol.signed.v1', 'cx'],
    ]);
  });

  it('drafts no document that lint holds faulty, and says why', async () => {
    const change = await register.draft(withFlow({ retention: undefined }));
    expect(change).toEqual({
      ok: false,
      error: {
        code: 'protocol-faulty',
        says: 'flows.0.retention: Say how long the recipient of AC1 may keep what it gets, as retention: P1Y.',
      },
    });
  });

  it('drafts all shipped protocols', async () => {
    for (const document of shippedProtocols())
      expect([document.id, code(await register.draft(document))]).toEqual([document.id, 'recorded 1']);
  });
});

describe('a signature', () => {
  const signable = { ...name, digest: digestOf(smallProtocol) };

  beforeEach(async () => {
    await register.draft(smallProtocol);
  });

  it.each<[string, () => Promise<string>]>([
    ['a stranger', async () => signDocument(smallProtocol, keyFor('EdDSA').key)],
    [
      'another key under the name of a registered one',
      async () => signDocument(smallProtocol, { ...keyFor('EdDSA').key, kid: cx.key.kid }),
    ],
    ['the wrong algorithm for the key', async () => signDocument(smallProtocol, { ...keyFor('ES256').key, kid: cx.key.kid })],
    [
      'a key without a name',
      async () => new CompactSign(canonicalBytes(signable)).setProtectedHeader({ alg: 'EdDSA' }).sign(await importJWK(cx.key.jwk, 'EdDSA')),
    ],
    ['words around what is signed', async () => signedBy(cx.key, canonicalBytes({ ...signable, note: 'x' }))],
    ['what is signed in another layout', async () => signedBy(cx.key, Buffer.from(JSON.stringify(signable, null, 1)))],
    ['something else', async () => signedBy(cx.key, Buffer.from('hello'))],
    ['nothing', async () => 'a.b.c'],
    [
      'no algorithm',
      async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(canonicalBytes(signable)).toString('base64url')}.`,
    ],
  ])('is refused that is by, or over: %s', async (_, jws) => {
    expect(code(await register.sign(await jws(), agencies))).toBe('signature-invalid');
  });

  it('is refused when altered', async () => {
    const jws = await signDocument(smallProtocol, cx.key);
    const other = await signedBy(cx.key, canonicalBytes({ ...signable, version: 2 }));
    const [header, , signature] = jws.split('.');
    expect(code(await register.sign([header, other.split('.')[1], signature].join('.'), agencies))).toBe('signature-invalid');
  });

  it('is refused once the key was revoked', async () => {
    await agencies.revokeKey('cx', cx.key.kid, 'lost');
    expect(await sign(smallProtocol, cx.key)).toBe('signature-invalid');
  });

  it('is refused over another text', async () => {
    expect(await sign({ ...smallProtocol, title: 'Presence' }, cx.key)).toBe('digest-differs');
  });

  it('is refused from an agency that fills no role', async () => {
    const firm = keyFor('EdDSA');
    await add('firm', 'employer', firm.jwk);
    expect(await sign(smallProtocol, firm.key)).toBe('fills-no-role');
  });
});

describe('a review over the wire', () => {
  const NEXT = '2025-10-01';

  beforeEach(async () => {
    await register.draft(smallProtocol);
    await sign(smallProtocol, cx.key);
    await sign(smallProtocol, trainer.key);
  });

  it('moves the date once all places are affirmed, and is kept with the signature', async () => {
    const [first, second] = [await signReview(smallProtocol, NEXT, cx.key), await signReview(smallProtocol, NEXT, trainer.key)];
    expect(code(await register.review(first, agencies))).toBe('recorded 1');
    expect(register.byName(name, today)?.reviewDue).toBe('2025-09-01');
    expect([code(await register.review(second, agencies)), code(await register.review(second, agencies))]).toEqual([
      'recorded 1',
      'recorded 0',
    ]);
    const again = (await ProtocolRegister.open(store, clock)).byName(name, today);
    expect([again?.reviewDue, again?.signatures.map(({ reviews }) => reviews.map(({ signature, on }) => [signature, on]))]).toEqual([
      NEXT,
      [[[first, today]], [[second, today]]],
    ]);
  });

  it('is no signature, nor a signature a review; neither goes to another version than it names', async () => {
    const [signature, review] = [await signDocument(smallProtocol, cx.key), await signReview(smallProtocol, NEXT, cx.key)];
    expect([code(await register.review(signature, agencies)), code(await register.sign(review, agencies))]).toEqual([
      'signature-invalid',
      'signature-invalid',
    ]);
    const other = { ...name, version: 2 };
    expect([code(await register.review(review, agencies, other)), code(await register.sign(signature, agencies, other))]).toEqual([
      'names-another',
      'names-another',
    ]);
  });

  it('takes no day that there is not', async () => {
    const review = await signReview(smallProtocol, '2025-02-30', cx.key);
    expect(code(await register.review(review, agencies))).toBe('signature-invalid');
  });

  it('of a party that left is nobody’s, and its signature does not count a second time for whoever sends it', async () => {
    const signature = await signDocument(smallProtocol, cx.key);
    await register.leave('attendance', 'cx');
    expect([await sign(smallProtocol, cx.key), code(await register.sign(signature, agencies))]).toEqual([
      'signature-used',
      'signature-used',
    ]);
    expect(code(await register.review(await signReview(smallProtocol, NEXT, cx.key), agencies))).toBe('not-a-party');
    expect(code(await register.sign(await signDocument(smallProtocol, cx.key, clock.now() / 1000), agencies))).toBe('recorded 1');
  });
});
