// Forms made by the broker's own sealer, read by the client alone.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK } from 'jose';
import { ITEM, type Partner, Partners } from '#egress/fixtures';
import { type BrokerKeys, localBrokerKeys } from '../broker-keys.ts';
import { ClientError } from '../client-error.ts';
import { SqliteCopy } from '../sqlite/index.ts';
import type { FeedRecord } from './feed-item.ts';
import { FeedReader } from './feed-reader.ts';
import { type LocalCopy, MemoryCopy } from './local-copy.ts';

const HOUR = 3_600_000;
const directory = mkdtempSync(join(tmpdir(), 'feed-copy-'));
afterAll(() => rmSync(directory, { recursive: true }));

const asRead = ({ key, value }: { readonly key: string; readonly value: Buffer | null }): FeedRecord => ({
  key,
  value: value && value.toString(),
});

let partners: Partners;
let eastgate: Partner;
let brokerKeys: BrokerKeys;

beforeEach(async () => {
  partners = await Partners.of();
  eastgate = await partners.add('eastgate');
  const jwk = { ...(await exportJWK(partners.broker.publicKey)), alg: 'EdDSA', kid: partners.broker.kid };
  brokerKeys = localBrokerKeys({ keys: [jwk] });
});

const epoch = (): string => partners.inUse('eastgate').epoch;
const keyRecord = async (slug = 'eastgate', of = partners.inUse(slug).epoch): Promise<FeedRecord> =>
  asRead(await partners.sealer.announcement(slug, of));
const itemRecord = (id = 'one'): FeedRecord => asRead(partners.sealer.item('eastgate', epoch(), { ...ITEM, item: { ...ITEM.item, id } }));
const itemKey = (id = 'one'): string => `${ITEM.learner}/${id}`;

const reader = (copy: LocalCopy = new MemoryCopy(), kids: readonly string[] = [...eastgate.privateKeys.keys()]): FeedReader => {
  const keys = [...eastgate.privateKeys].filter(([kid]) => kids.includes(kid)).map(([kid, key]) => ({ kid, key }));
  return new FeedReader({ agency: 'eastgate', keys, brokerKeys, copy, now: () => 1000 });
};
const at = (next: number): ReadonlyMap<number, string> => new Map([[0, String(next)]]);

describe.each(['memory', 'SQLite'])('a feed read into a copy in %s', (kind) => {
  let made = 0;
  let copy: LocalCopy;
  const reopened = (): LocalCopy => (copy instanceof SqliteCopy ? new SqliteCopy(join(directory, `${made}.sqlite`)) : copy);

  beforeEach(() => {
    copy = kind === 'memory' ? new MemoryCopy() : new SqliteCopy(join(directory, `${++made}.sqlite`));
  });

  it('brings items, and the place up to which it was read', async () => {
    const changes = await reader(copy).take([await keyRecord(), itemRecord()], at(2));
    expect(changes.map(({ kind: one }) => one)).toEqual(['key', 'item']);
    const item = await copy.item(itemKey());
    expect(item).toMatchObject({
      id: 'one',
      source: 'urn:concordat:broker:local',
      subject: ITEM.learner,
      localid: 'BCT-1001',
      protocol: 'e2e-passport@1#EP5',
      data: ITEM.item.data,
    });
    expect(await copy.progress()).toEqual({ place: at(2), at: 1000 });
    if (kind === 'SQLite') expect(statSync(join(directory, `${made}.sqlite`)).mode & 0o777).toBe(0o600);
  });

  it('notes which topic it comes from: a place in another one is in place of all before', async () => {
    const reading = reader(copy);
    await reading.take(
      [],
      new Map([
        [0, '5'],
        [1, '7'],
      ]),
    );
    reading.readsFrom('one');
    await reading.take([], at(6));
    expect(await reopened().progress()).toMatchObject({
      topicId: 'one',
      place: new Map([
        [0, '6'],
        [1, '7'],
      ]),
    });
    reading.readsFrom('other');
    await reading.take([], at(1));
    expect(await reopened().progress()).toMatchObject({ topicId: 'other', place: at(1) });
  });

  it('removes what a tombstone names, for good', async () => {
    const reading = reader(copy);
    await reading.take([await keyRecord(), itemRecord(), itemRecord('other')], at(3));
    expect(await reading.take([{ key: itemKey(), value: null }], at(4))).toEqual([{ kind: 'removed', key: itemKey() }]);
    expect((await copy.items()).map(({ subject, id }) => `${subject}/${id}`)).toEqual([itemKey('other')]);
    if (kind === 'SQLite') expect(readFileSync(join(directory, `${made}.sqlite`), 'latin1')).not.toContain(itemKey('one'));
  });

  it('goes on after a restart with keys that came before it', async () => {
    await reader(copy).take([await keyRecord()], at(1));
    const changes = await reader(reopened()).take([itemRecord()], at(2));
    expect(changes.map(({ kind: one }) => one)).toEqual(['key', 'item']);
  });

  it('holds an item back until its key comes, also over a restart', async () => {
    const [key, item] = [await keyRecord(), itemRecord()];
    expect(await reader(copy).take([item], at(1))).toMatchObject([{ kind: 'held', key: itemKey() }]);
    expect(await copy.items()).toEqual([]);
    expect((await reader(reopened()).take([key], at(2))).map(({ kind: one }) => one)).toEqual(['key', 'item']);
    expect(await reopened().items()).toHaveLength(1);
  });

  it('does not bring back an item held back that was withdrawn meanwhile', async () => {
    const reading = reader(copy);
    const [key, item] = [await keyRecord(), itemRecord()];
    await reading.take([item], at(1));
    await reading.take([{ key: itemKey(), value: null }], at(2));
    expect((await reading.take([key], at(3))).map(({ kind: one }) => one)).toEqual(['key']);
    expect(await copy.items()).toEqual([]);
  });

  it('removes what a feed that was read whole no longer has', async () => {
    const reading = reader(copy);
    const key = await keyRecord();
    await reading.take([key, itemRecord(), itemRecord('other')], at(3));
    expect(await reading.keepOnly(new Set([key.key, itemKey('other')]), at(3))).toEqual([{ kind: 'removed', key: itemKey() }]);
    expect([...(await copy.keys())].sort()).toEqual([key.key, itemKey('other')]);
  });
});

describe('keys', () => {
  it('of records that come together the announced ones are read first, and the last record of a name counts', async () => {
    const copy = new MemoryCopy();
    const changes = await reader(copy).take([itemRecord(), await keyRecord(), itemRecord('other'), { key: itemKey(), value: null }], at(4));
    expect(changes.map(({ kind, key }) => [kind, key])).toEqual([
      ['key', (await keyRecord()).key],
      ['item', itemKey('other')],
      ['removed', itemKey()],
    ]);
  });

  it('may be changed without loss: old and new private key together read everything', async () => {
    const [old = ''] = eastgate.privateKeys.keys();
    const before = [await keyRecord(), itemRecord('one')];
    partners.clock.set(partners.clock.now() + HOUR);
    await eastgate.addKey(partners.clock.now(), 'P-256');
    eastgate.endKey(old, partners.clock.now());
    const after = [await keyRecord(), itemRecord('other')];
    const copy = new MemoryCopy();
    await reader(copy).take([...before, ...after], at(4));
    expect((await copy.items()).map(({ subject, id }) => `${subject}/${id}`)).toEqual([itemKey('one'), itemKey('other')]);
  });

  it('that are not at hand hold items back; they are read when the private key is there', async () => {
    const [old = ''] = eastgate.privateKeys.keys();
    const records = [await keyRecord(), itemRecord()];
    const copy = new MemoryCopy();
    expect((await reader(copy, []).take(records, at(2))).map(({ kind }) => kind)).toEqual(['held', 'held']);
    expect((await reader(copy, [old]).take([], at(2))).map(({ kind }) => kind)).toEqual(['key', 'item']);
  });
});

const everyLastCharacterChanged = (compact: string): readonly string[] =>
  [...compact.matchAll(/[\w-](?=\.|$)/g)].map(
    ({ index }) => `${compact.slice(0, index)}${String.fromCharCode(compact.charCodeAt(index) ^ 1)}${compact.slice(index + 1)}`,
  );

describe('what is not what it seems is passed over, and what was there stays', () => {
  const told = async (...records: readonly FeedRecord[]): Promise<readonly string[]> => {
    const copy = new MemoryCopy();
    const reading = reader(copy);
    await reading.take([await keyRecord(), itemRecord()], at(2));
    const changes = await reading.take(records, at(2 + records.length));
    expect(await copy.items()).toHaveLength(1);
    return changes.map((change) => (change.kind === 'unreadable' ? change.says : change.kind));
  };

  it('an item under the key of another', async () => {
    expect(await told({ ...itemRecord('other'), key: itemKey('one') })).toEqual(['It stands under the key of another item.']);
  });

  it('an item that was changed on the way, or is no JWE', async () => {
    const { key, value } = itemRecord();
    expect(await told({ key, value: `${value?.slice(0, -3)}AAA` })).toEqual(['It does not open with the key that it names.']);
    expect(await told({ key, value: 'nothing' })).toEqual(['It is no JWE that names its key.']);
  });

  // The last character of a part may say less than six bits, so that decoders take several for the same: sealed often enough, such come up.
  it.each([0, 1, 2])('an item of which the last character of a part was changed, whatever its length (%i)', async (more) => {
    const reading = reader();
    await reading.take([await keyRecord()], at(1));
    for (let round = 0; round < 64; round++) {
      const { key, value } = asRead(
        partners.sealer.item('eastgate', epoch(), { ...ITEM, item: { ...ITEM.item, id: 'one', data: { note: 'x'.repeat(more) } } }),
      );
      for (const changed of everyLastCharacterChanged(value ?? ''))
        expect(await reading.take([{ key, value: changed }], at(2))).not.toMatchObject([{ kind: 'item' }]);
      expect(await reading.take([{ key, value }], at(2))).toMatchObject([{ kind: 'item' }]);
    }
  });

  it('a feed key of another agency, wrapped for this one', async () => {
    const westgate = await partners.add('westgate');
    westgate.keys.splice(0, 1, ...eastgate.keys);
    expect(await told(await keyRecord('westgate'))).toEqual(['It is a feed key of another agency.']);
  });

  it('a feed key that another broker signed', async () => {
    const others = await Partners.of();
    const there = await others.add('eastgate');
    there.keys.splice(0, 1, ...eastgate.keys);
    expect(await told(asRead(await others.sealer.announcement('eastgate', epoch())))).toEqual([
      'This does not bear a signature of the broker.',
    ]);
  });

  it('a feed key under the name of another', async () => {
    expect(await told({ ...(await keyRecord()), key: 'feed-key:other' })).toEqual(['It stands under the name of another key.']);
  });
});

it("nothing is applied where the broker's public keys cannot be read: the same may be given again", async () => {
  const copy = new MemoryCopy();
  const away: BrokerKeys = { verify: () => Promise.reject(new ClientError('unreachable', 'Away.')) };
  const keys = [...eastgate.privateKeys].map(([kid, key]) => ({ kid, key }));
  const reading = new FeedReader({ agency: 'eastgate', keys, brokerKeys: away, copy });
  await expect(reading.take([await keyRecord(), itemRecord()], at(2))).rejects.toMatchObject({ code: 'unreachable' });
  expect(await copy.progress()).toBeUndefined();
});
