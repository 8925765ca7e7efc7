// Every form is opened by jose alone: nothing here decrypts with the broker's own code.
import { calculateJwkThumbprint, compactDecrypt, type CryptoKey } from 'jose';
import { ITEM, MORNING, openItem, Partners, textOf } from '../fixtures/index.ts';
import type { AnswerItem } from '#disclosure';
import type { FeedNotice, FeedRecord } from './feed-form.ts';

const NOTICE: FeedNotice = {
  learner: ITEM.learner,
  items: ['u2Yq8T0bq0y0u7rZb8yq3w', 'Zb8yq3wu2Yq8T0bq0y0u7r'],
  notice: {
    noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
    recipient: 'eastgate',
    reason: 'withdrawal',
    consentId: 'k-1',
    items: [17, 19],
    issuedAt: MORNING,
    due: '2026-03-07',
    duty: 'e2e-passport@1#ED6',
  },
};
let partners: Partners;

beforeEach(async () => {
  partners = await Partners.of();
});

/** Each byte of each part in turn, as what it encodes: of a last character that says less than six bits, decoders pass over the rest. */
function* everyByteChanged(compact: string): Generator<string> {
  const parts = compact.split('.');
  for (const [index, part] of parts.entries()) {
    const bytes = Buffer.from(part, 'base64url');
    for (const [place, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[place] = byte ^ 1;
      yield parts.with(index, changed.toString('base64url')).join('.');
    }
  }
}

describe('the announcement of a feed key', () => {
  it.each(['X25519', 'P-256'] as const)('is opened with the private key of its recipient (%s), and signed by the broker', async (crv) => {
    const eastgate = await partners.add('eastgate', crv);
    const { kid, epoch, wrappedFor } = partners.inUse('eastgate');
    const record = await partners.sealer.announcement('eastgate', epoch);
    expect(record.key).toBe(`feed-key:${kid}`);
    const jwk = await partners.unwrap(record, eastgate);
    expect(jwk).toEqual({ kty: 'oct', k: expect.stringMatching(/^[\w-]{43}$/), kid, alg: 'A256GCM', use: 'enc', aud: 'eastgate', epoch });
    expect(await calculateJwkThumbprint({ kty: 'oct', k: jwk.k as string })).toBe(kid);
    expect(wrappedFor).toBe(eastgate.keys[0]?.kid);
  });

  it('is for nobody without an encryption key in force', async () => {
    const eastgate = await partners.add('eastgate');
    const { epoch } = partners.inUse('eastgate');
    eastgate.endKey(eastgate.keys[0]?.kid ?? '', partners.clock.now());
    expect(partners.sealer.keyFor('eastgate')).toBeUndefined();
    expect(partners.sealer.keyFor('nobody')).toBeUndefined();
    await expect(partners.sealer.announcement('eastgate', epoch)).rejects.toMatchObject({ code: 'no-encryption-key' });
  });
});

describe('an item', () => {
  it('is the CloudEvent of the contracts, under its own key', async () => {
    const eastgate = await partners.add('eastgate');
    const record = partners.sealer.item('eastgate', partners.inUse('eastgate').epoch, ITEM);
    expect(record.key).toBe('psn:166QVNau_589ay5ejxFgOg/u2Yq8T0bq0y0u7rZb8yq3w');
    expect(await openItem(record, await partners.announced(eastgate))).toEqual({
      specversion: '1.0',
      id: 'u2Yq8T0bq0y0u7rZb8yq3w',
      source: 'urn:concordat:broker:local',
      type: 'uk.concordat.review.held.v1',
      subject: 'psn:166QVNau_589ay5ejxFgOg',
      localid: 'BCT-1001',
      time: '2026-03-01T00:00:00Z',
      datacontenttype: 'application/json',
      protocol: 'e2e-passport@1#EP5',
      purpose: 'plan-learning',
      basis: '6(1)(a)',
      level: 'full',
      category: 'review',
      status: 'disputed',
      disputed: true,
      contributor: 'urn:concordat:agency:northside',
      data: { reviewId: 'r-1', summary: 'Zoë is well on her way' },
    });
  });

  it('leaves out what there is not', async () => {
    const eastgate = await partners.add('eastgate');
    const { status: _status, disputed: _disputed, purpose: _purpose, ...own } = ITEM.item;
    const item = { ...own, clause: 'own', basis: 'own', position: '17', time: '2026-03-01T23:30:00+01:00' };
    const record = partners.sealer.item('eastgate', partners.inUse('eastgate').epoch, { learner: ITEM.learner, item });
    const event = await openItem(record, await partners.announced(eastgate));
    expect(Object.keys(event).filter((name) => ['localid', 'purpose', 'status', 'disputed', 'confirmed'].includes(name))).toEqual([]);
    expect(event).toMatchObject({ protocol: 'own', basis: 'own', position: '17', time: '2026-03-01T23:30:00+01:00' });
  });

  it('that is the merged identity has a key of its own, and neither source nor time', async () => {
    const eastgate = await partners.add('eastgate');
    const identity: AnswerItem = {
      type: 'uk.concordat.learner.identity.v1',
      category: 'identity',
      clause: 'e2e-passport@1#EP1',
      basis: '6(1)(e)',
      level: 'full',
      data: { givenName: 'Zoë' },
    };
    const record = partners.sealer.item('eastgate', partners.inUse('eastgate').epoch, { learner: ITEM.learner, item: identity });
    const event = await openItem(record, await partners.announced(eastgate));
    expect([record.key, event['id']]).toEqual(['psn:166QVNau_589ay5ejxFgOg/identity', 'identity']);
    expect(Object.keys(event).filter((name) => ['contributor', 'position', 'time'].includes(name))).toEqual([]);
  });

  it('whose source does not stand, or does not show, says so', async () => {
    const eastgate = await partners.add('eastgate');
    const { source: _source, ...disguised } = ITEM.item;
    const record = partners.sealer.item('eastgate', partners.inUse('eastgate').epoch, {
      learner: ITEM.learner,
      item: { ...disguised, confirmed: false },
    });
    const event = await openItem(record, await partners.announced(eastgate));
    expect(event).toMatchObject({ confirmed: false });
    expect(event).not.toHaveProperty('contributor');
  });

  it('is sealed anew each time: equal items show nothing', async () => {
    const { epoch } = partners.inUse((await partners.add('eastgate')).slug);
    const sealed = new Set(Array.from({ length: 1000 }, () => textOf(partners.sealer.item('eastgate', epoch, ITEM))));
    expect(sealed.size).toBe(1000);
    expect(new Set([...sealed].map((jwe) => jwe.split('.')[2])).size).toBe(1000);
  });

  it('that was moved to another key says so itself', async () => {
    const eastgate = await partners.add('eastgate');
    const record = partners.sealer.item('eastgate', partners.inUse('eastgate').epoch, ITEM);
    const moved: FeedRecord = { ...record, key: 'psn:166QVNau_589ay5ejxFgOg/Zb8yq3wu2Yq8T0bq0y0u7r' };
    const { subject, id } = await openItem(moved, await partners.announced(eastgate));
    expect(`${String(subject)}/${String(id)}`).not.toBe(moved.key);
  });

  it('of which a byte was changed, or the end is missing, does not open', async () => {
    const eastgate = await partners.add('eastgate');
    const key = await partners.announced(eastgate);
    const record = partners.sealer.item('eastgate', partners.inUse('eastgate').epoch, ITEM);
    const whole = record.value as Buffer;
    for (const changed of everyByteChanged(textOf(record)))
      await expect(openItem({ ...record, value: Buffer.from(changed) }, key)).rejects.toThrow();
    for (const length of [0, 10, whole.length - 20, whole.length - 1]) {
      await expect(openItem({ ...record, value: whole.subarray(0, length) }, key)).rejects.toThrow();
    }
  });
});

describe('a notice', () => {
  it('names the items by the keys that they had on the feed', async () => {
    const eastgate = await partners.add('eastgate');
    const record = partners.sealer.notice('eastgate', partners.inUse('eastgate').epoch, NOTICE);
    expect(record.key).toBe('notice:5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01');
    expect(await openItem(record, await partners.announced(eastgate))).toEqual({
      specversion: '1.0',
      id: record.key,
      source: 'urn:concordat:broker:local',
      type: 'uk.concordat.notice.issued.v1',
      subject: NOTICE.learner,
      time: '2026-03-02T08:30:00.000Z',
      datacontenttype: 'application/json',
      category: 'consent',
      data: {
        noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
        reason: 'withdrawal',
        consentId: 'k-1',
        items: ['psn:166QVNau_589ay5ejxFgOg/u2Yq8T0bq0y0u7rZb8yq3w', 'psn:166QVNau_589ay5ejxFgOg/Zb8yq3wu2Yq8T0bq0y0u7r'],
        due: '2026-03-07',
        duty: 'e2e-passport@1#ED6',
      },
    });
  });
});

describe('twenty partners', () => {
  it('read their own feed each, and no other: only the diagonal', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => partners.add(`agency-${n}`, n % 2 ? 'P-256' : 'X25519')));
    const feeds = await Promise.all(
      all.map(async ({ slug }) => ({
        key: await partners.sealer.announcement(slug, partners.inUse(slug).epoch),
        item: partners.sealer.item(slug, partners.inUse(slug).epoch, ITEM),
      })),
    );
    const unwrapped = await Promise.all(all.map((who, n) => partners.unwrap((feeds[n] as (typeof feeds)[number]).key, who)));
    for (const [reader, who] of all.entries()) {
      for (const [feed, { key, item }] of feeds.entries()) {
        const read = openItem(item, { ...unwrapped[reader], kid: unwrapped[feed]?.kid as string });
        const [ownKey] = [...who.privateKeys.values()];
        const taken = compactDecrypt(textOf(key), ownKey as CryptoKey);
        if (reader === feed) {
          expect((await read)['id']).toBe(item.key.split('/')[1]);
          await taken;
        } else {
          await expect(read).rejects.toThrow();
          await expect(taken).rejects.toThrow();
        }
      }
    }
  });
});
