// Every form is opened by jose alone, as any partner's software would: nothing here decrypts with the broker's own code.
import { calculateJwkThumbprint, compactDecrypt, compactVerify, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { Agency, AgencyKey, PublicJwk } from '#agencies';
import { fixedClock } from '#kernel';
import { FeedKeys, rootKeyOf } from '#privacy';
import type { AnswerItem } from '#disclosure';
import type { FeedItem } from './feed-item-event.ts';
import type { FeedNotice } from './feed-notice.ts';
import type { FeedRecord } from './feed-record.ts';
import { FeedSealer, type FeedKeyInUse } from './feed-sealer.ts';

const MORNING = Date.UTC(2026, 2, 2, 8, 30);
const HOUR = 3_600_000;

interface Partner {
  readonly slug: string;
  readonly keys: AgencyKey[];
  readonly privateKeys: Map<string, CryptoKey>;
}

const clock = fixedClock(MORNING);
const partners = new Map<string, Partner>();

const addKey = async ({ keys, privateKeys }: Partner, crv: 'X25519' | 'P-256' = 'X25519'): Promise<string> => {
  const pair = await generateKeyPair('ECDH-ES+A256KW', { crv, extractable: true });
  const jwk = (await exportJWK(pair.publicKey)) as PublicJwk;
  const kid = await calculateJwkThumbprint(jwk);
  keys.push({ kid, jwk, use: 'enc', from: clock.now() });
  privateKeys.set(kid, pair.privateKey);
  return kid;
};

const partner = async (slug: string, crv?: 'X25519' | 'P-256'): Promise<Partner> => {
  const made: Partner = { slug, keys: [], privateKeys: new Map() };
  partners.set(slug, made);
  await addKey(made, crv);
  return made;
};

const end = ({ keys }: Partner, kid: string): void => {
  const place = keys.findIndex((key) => key.kid === kid);
  keys[place] = { ...(keys[place] as AgencyKey), until: clock.now() };
};

const agencies = {
  bySlug: (slug: string) => partners.get(slug) as unknown as Agency,
  keysInForce: (slug: string) => (partners.get(slug)?.keys ?? []).filter(({ until = Infinity }) => clock.now() < until),
};

let broker: { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey; readonly publicJwk: JWK & { readonly kid: string } };
let sealer: FeedSealer;
const keys = new FeedKeys(rootKeyOf(Buffer.alloc(32, 7)));

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  broker = { ...pair, publicJwk: { ...publicJwk, kid: await calculateJwkThumbprint(publicJwk) } };
});
beforeEach(() => {
  clock.set(MORNING);
  partners.clear();
  sealer = new FeedSealer({ keys, agencies, identity: broker, name: 'local', clock });
});

const answer: AnswerItem = {
  id: 'm-1',
  type: 'uk.concordat.review.held.v1',
  source: 'urn:concordat:agency:northside',
  category: 'review',
  position: '17',
  time: '2026-03-01T10:00:00Z',
  clause: 'e2e-passport@1#EP5',
  basis: '6(1)(a)',
  level: 'full',
  purpose: 'plan-learning',
  status: 'disputed',
  data: { reviewId: 'r-1', summary: 'Zoë is well on her way' },
};
const ITEM: FeedItem = { learner: 'psn:166QVNau_589ay5ejxFgOg', localId: 'BCT-1001', item: answer };
const NOTICE: FeedNotice = {
  learner: ITEM.learner,
  position: '21',
  notice: { noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01', recipient: 'eastgate', consentId: 'k-1', items: [17, 19], issuedAt: MORNING, due: '2026-03-07', duty: 'e2e-passport@1#ED6' },
};

const inUse = (slug: string): FeedKeyInUse => sealer.keyFor(slug) as FeedKeyInUse;
const textOf = ({ value }: FeedRecord): string => (value as Buffer).toString('latin1');

/** As a partner does it: unwrap with its own private key, then check who signed. */
const unwrap = async (record: FeedRecord, { privateKeys }: Partner): Promise<JWK & { readonly aud: string; readonly epoch: string }> => {
  const { plaintext, protectedHeader } = await compactDecrypt(textOf(record), (header) => privateKeys.get(String(header.kid)) as CryptoKey);
  expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', cty: 'jose' });
  const { payload, protectedHeader: signed } = await compactVerify(plaintext, broker.publicKey, { algorithms: ['EdDSA'] });
  expect(signed).toEqual({ alg: 'EdDSA', kid: broker.publicJwk.kid, typ: 'concordat-feed-key+jws', cty: 'jwk+json' });
  return JSON.parse(Buffer.from(payload).toString()) as never;
};
const open = async (record: FeedRecord, key: JWK): Promise<Record<string, unknown>> => {
  const { plaintext, protectedHeader } = await compactDecrypt(textOf(record), await importJWK(key, 'A256GCM'));
  expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', kid: key.kid, cty: 'cloudevents+json' });
  return JSON.parse(Buffer.from(plaintext).toString()) as Record<string, unknown>;
};
const announced = async (who: Partner, epoch = inUse(who.slug).epoch): Promise<JWK> => unwrap(await sealer.announcement(who.slug, epoch), who);

describe('the announcement of a feed key', () => {
  it.each(['X25519', 'P-256'] as const)('is opened with the private key of its recipient (%s), and signed by the broker', async (crv) => {
    const eastgate = await partner('eastgate', crv);
    const { kid, epoch, wrappedFor } = inUse('eastgate');
    const record = await sealer.announcement('eastgate', epoch);
    expect(record.key).toBe(`feed-key:${kid}`);
    const jwk = await unwrap(record, eastgate);
    expect(jwk).toEqual({ kty: 'oct', k: expect.stringMatching(/^[\w-]{43}$/), kid, alg: 'A256GCM', use: 'enc', aud: 'eastgate', epoch });
    expect(await calculateJwkThumbprint({ kty: 'oct', k: jwk.k as string })).toBe(kid);
    expect(wrappedFor).toBe(eastgate.keys[0]?.kid);
  });

  it('is for nobody without an encryption key in force', async () => {
    const eastgate = await partner('eastgate');
    const { epoch } = inUse('eastgate');
    end(eastgate, eastgate.keys[0]?.kid ?? '');
    expect(sealer.keyFor('eastgate')).toBeUndefined();
    expect(sealer.keyFor('nobody')).toBeUndefined();
    await expect(sealer.announcement('eastgate', epoch)).rejects.toMatchObject({ code: 'no-encryption-key' });
  });
});

describe('an item', () => {
  it('is the CloudEvent of the contracts, under its own key', async () => {
    const record = sealer.item('eastgate', inUse((await partner('eastgate')).slug).epoch, ITEM);
    expect(record.key).toBe('psn:166QVNau_589ay5ejxFgOg/17');
    expect(await open(record, await announced(partners.get('eastgate') as Partner))).toEqual({
      specversion: '1.0',
      id: 'psn:166QVNau_589ay5ejxFgOg/17',
      source: 'urn:concordat:broker:local',
      type: 'uk.concordat.review.held.v1',
      subject: 'psn:166QVNau_589ay5ejxFgOg',
      localid: 'BCT-1001',
      time: '2026-03-01T10:00:00Z',
      datacontenttype: 'application/json',
      position: '17',
      protocol: 'e2e-passport@1#EP5',
      purpose: 'plan-learning',
      basis: '6(1)(a)',
      level: 'full',
      category: 'review',
      status: 'disputed',
      contributor: 'urn:concordat:agency:northside',
      contributionid: 'm-1',
      data: { reviewId: 'r-1', summary: 'Zoë is well on her way' },
    });
  });

  it('leaves out what there is not', async () => {
    const eastgate = await partner('eastgate');
    const { status: _status, purpose: _purpose, ...own } = answer;
    const record = sealer.item('eastgate', inUse('eastgate').epoch, { learner: ITEM.learner, item: { ...own, clause: 'own', basis: 'own' } });
    const event = await open(record, await announced(eastgate));
    expect(Object.keys(event)).toEqual(expect.not.arrayContaining(['localid', 'purpose', 'status']));
    expect(event).toMatchObject({ protocol: 'own', basis: 'own' });
  });

  it('is sealed anew each time: equal items show nothing', async () => {
    const { epoch } = inUse((await partner('eastgate')).slug);
    const sealed = new Set(Array.from({ length: 1000 }, () => textOf(sealer.item('eastgate', epoch, ITEM))));
    expect(sealed.size).toBe(1000);
    expect(new Set([...sealed].map((jwe) => jwe.split('.')[2])).size).toBe(1000);
  });

  it('that was moved to another key says so itself', async () => {
    const eastgate = await partner('eastgate');
    const record = sealer.item('eastgate', inUse('eastgate').epoch, ITEM);
    const moved: FeedRecord = { ...record, key: 'psn:166QVNau_589ay5ejxFgOg/18' };
    expect((await open(moved, await announced(eastgate)))['id']).not.toBe(moved.key);
  });

  it('of which a byte was changed, or the end is missing, does not open', async () => {
    const eastgate = await partner('eastgate');
    const key = await announced(eastgate);
    const record = sealer.item('eastgate', inUse('eastgate').epoch, ITEM);
    const whole = record.value as Buffer;
    for (let place = 0; place < whole.length; place++) {
      const flipped = Buffer.from(whole);
      flipped[place] = (flipped[place] as number) ^ 1;
      await expect(open({ ...record, value: flipped }, key)).rejects.toThrow();
    }
    for (const length of [0, 10, whole.length - 20, whole.length - 1]) {
      await expect(open({ ...record, value: whole.subarray(0, length) }, key)).rejects.toThrow();
    }
  });
});

describe('a notice', () => {
  it('names the items by the keys that they had on the feed', async () => {
    const eastgate = await partner('eastgate');
    const record = sealer.notice('eastgate', inUse('eastgate').epoch, NOTICE);
    expect(record.key).toBe('notice:5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01');
    expect(await open(record, await announced(eastgate))).toEqual({
      specversion: '1.0',
      id: record.key,
      source: 'urn:concordat:broker:local',
      type: 'uk.concordat.notice.issued.v1',
      subject: NOTICE.learner,
      time: '2026-03-02T08:30:00.000Z',
      datacontenttype: 'application/json',
      position: '21',
      category: 'consent',
      data: {
        noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
        consentId: 'k-1',
        items: ['psn:166QVNau_589ay5ejxFgOg/17', 'psn:166QVNau_589ay5ejxFgOg/19'],
        due: '2026-03-07',
        duty: 'e2e-passport@1#ED6',
      },
    });
  });
});

describe('epochs', () => {
  it('last six hours at most, and follow from the clock', async () => {
    const eastgate = await partner('eastgate');
    const epochs = [0, 3.4, 3.5, 9.6, 15.6, 21.6].map((hours) => {
      clock.set(MORNING + hours * HOUR);
      return inUse(eastgate.slug).epoch;
    });
    expect(epochs).toEqual(['2026-03-02T06Z.1', '2026-03-02T06Z.1', '2026-03-02T12Z.1', '2026-03-02T18Z.1', '2026-03-03T00Z.1', '2026-03-03T06Z.1']);
  });

  it('end when an encryption key comes in force, ends or is revoked, and none comes back', async () => {
    const eastgate = await partner('eastgate');
    const [first = ''] = eastgate.privateKeys.keys();
    const seen = [inUse('eastgate')];
    clock.set(MORNING + 1000);
    const second = await addKey(eastgate);
    seen.push(inUse('eastgate'));
    clock.set(MORNING + 2000);
    end(eastgate, second);
    seen.push(inUse('eastgate'));
    expect(new Set(seen.map(({ kid }) => kid)).size).toBe(3);
    expect(seen.map(({ wrappedFor }) => wrappedFor)).toEqual([first, second, first]);
  });

  it('late, a partner with a new key alone reads them all', async () => {
    const eastgate = await partner('eastgate');
    const [old = ''] = eastgate.privateKeys.keys();
    const sent = [];
    for (const hours of [0, 6, 12, 30]) {
      clock.set(MORNING + hours * HOUR);
      const { epoch } = inUse('eastgate');
      sent.push({ epoch, record: sealer.item('eastgate', epoch, ITEM) });
    }
    await addKey(eastgate, 'P-256');
    end(eastgate, old);
    eastgate.privateKeys.delete(old);
    for (const { epoch, record } of sent) expect((await open(record, await announced(eastgate, epoch)))['id']).toBe(record.key);
  });

  it('have the same keys after a restart, and others under another root key', async () => {
    await partner('eastgate');
    const { kid, epoch } = inUse('eastgate');
    expect(new FeedKeys(rootKeyOf(Buffer.alloc(32, 7))).of('eastgate', epoch).kid).toBe(kid);
    expect(new FeedKeys(rootKeyOf(Buffer.alloc(32, 8))).of('eastgate', epoch).kid).not.toBe(kid);
  });
});

describe('twenty partners', () => {
  it('read their own feed each, and no other: only the diagonal', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => partner(`agency-${n}`, n % 2 ? 'P-256' : 'X25519')));
    const feeds = await Promise.all(all.map(async ({ slug }) => ({ key: await sealer.announcement(slug, inUse(slug).epoch), item: sealer.item(slug, inUse(slug).epoch, ITEM) })));
    const unwrapped = await Promise.all(all.map((who, n) => unwrap((feeds[n] as (typeof feeds)[number]).key, who)));
    for (const [reader, who] of all.entries()) {
      for (const [feed, { key, item }] of feeds.entries()) {
        const read = open(item, { ...unwrapped[reader], kid: unwrapped[feed]?.kid as string });
        const [ownKey] = [...who.privateKeys.values()];
        const taken = compactDecrypt(textOf(key), ownKey as CryptoKey);
        if (reader === feed) {
          expect((await read)['id']).toBe(item.key);
          await taken;
        } else {
          await expect(read).rejects.toThrow();
          await expect(taken).rejects.toThrow();
        }
      }
    }
  });
});
