import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyRegister } from '#agencies';
import { shippedCatalogue } from '#catalogue';
import { connexions, person } from '#contribution/fixtures';
import { Registers } from '#disclosure';
import type { EventStore, RecordedEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { fixedClock } from '#kernel';
import { aliasKey, ERASED, ERASURE_BEGUN, erasureIn, learnerStream, LearnerStreams } from '#learner-file';
import { encodePayload, keysOf, rootKeyOf, type Vault } from '#privacy';
import { KeyServer, RemoteVault } from '#privacy/contract';
import { openSealed } from '#privacy/opening';
import { SqliteVault } from '#privacy/sqlite';
import { ProtocolRegister } from '#sharing-protocols';
import { LogWriter } from '#unit-of-work';
import { eraseLearner } from './erase-learner.ts';

const LEARNER = '0badcafe-0000-4000-8000-000000000001';
const ALIAS = '0badcafe-0000-4000-8000-00000000000a';
const STREAM = learnerStream(LEARNER);
const NOW = Date.UTC(2026, 0, 6);
const REGISTERED = 'uk.concordat.learner.registered.v1';
const KEY = { owner: STREAM, category: 'identity' };

let folder: string;
let store: SqliteEventStore;
let vault: Vault;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'erase-'));
  store = SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

const streamsOn = (on: EventStore): LearnerStreams => new LearnerStreams({ store: on, vault, catalogue: shippedCatalogue(), learners: 10 });

let registrations = 0;
const register = async (): Promise<void> => {
  const revision = (await store.readStream(STREAM)).length;
  const event = {
    specversion: '1.0',
    id: 'm-1',
    source: `urn:concordat:agency:${connexions.slug}`,
    type: REGISTERED,
    time: '2026-01-05T11:00:00Z',
    data: person,
  };
  const plain = encodePayload({
    header: { t: 0, roles: ['connexions'], notes: { alias: ALIAS } },
    bytes: Buffer.from(JSON.stringify(event)),
  });
  const keys = await vault.load([KEY, aliasKey(ALIAS)]);
  const payload = keys.seal(KEY, { stream: STREAM, revision, type: REGISTERED }, plain);
  keys.seal(aliasKey(ALIAS), { stream: 'identifier-x', revision: 0, type: 'linked' }, Buffer.from('x'));
  await vault.durable();
  const id = `0badcafe-0000-4000-9000-${String(++registrations).padStart(12, '0')}`;
  await store.append([
    {
      stream: STREAM,
      expected: 'any',
      events: [{ id, type: REGISTERED, meta: { actor: connexions.slug, correlation: 'c', schema: 1, ...KEY }, payload }],
    },
  ]);
};

const erasures = async (): Promise<readonly RecordedEvent[]> => (await store.readStream(STREAM)).filter(({ type }) => type === ERASED);
const readable = async (): Promise<number> => {
  const registered = (await store.readStream(STREAM)).filter(({ type }) => type === REGISTERED);
  const keys = await keysOf(vault, registered);
  return registered.filter((event) => openSealed(keys, KEY, event, event.payload) !== undefined).length;
};

/** The real store, of which the append that says that the learner was erased is preceded by what `first` does, once, or refused by it. */
const meeting = (first: () => Promise<void>): EventStore => {
  let met = false;
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      if (name !== 'append' || met) return value.bind(target) as unknown;
      return async (...words: Parameters<EventStore['append']>) => {
        if (!words[0].some(({ events }) => events.some(({ type }) => type === ERASED))) return target.append(...words);
        met = true;
        await first();
        return target.append(...words);
      };
    },
  });
};

const erase = async (on: EventStore = store): Promise<void> => {
  const streams = streamsOn(on);
  await streams.files.load(STREAM);
  const clock = fixedClock(NOW);
  const registers = new Registers(await AgencyRegister.open(on, clock), await ProtocolRegister.open(on, clock));
  const writer = new LogWriter(on, vault);
  await eraseLearner({ store: on, vault, streams, clock, registers, writer }, { learner: LEARNER, ground: 'a' });
};

const ROOT = rootKeyOf(Buffer.alloc(32, 7));

describe.each<[string, () => Vault]>([
  ['in a file', () => new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey: ROOT })],
  ['elsewhere', () => new RemoteVault(ROOT, new KeyServer())],
])('the erasure of a learner whose keys lie %s', (_, open) => {
  beforeEach(() => {
    vault = open();
  });

  it('leaves nothing that can be opened, and says so in the learner’s own stream', async () => {
    await register();
    await erase();
    expect(await readable()).toBe(0);
    expect((await erasures()).map(erasureIn)).toEqual([{ learner: LEARNER }]);
  });

  it('takes along what somebody says of the learner while it is under way', async () => {
    await register();
    await erase(meeting(register));
    expect(await readable()).toBe(0);
    expect((await store.readStream(STREAM)).map(({ type }) => type)).toEqual([REGISTERED, ERASURE_BEGUN, REGISTERED, ERASED]);
  });

  it('that broke off before it was noted is finished when done again', async () => {
    await register();
    const broken = meeting(async () => Promise.reject(new Error('The process was killed.')));
    await expect(erase(broken)).rejects.toThrow('killed');
    expect([await readable(), (await erasures()).length]).toEqual([0, 0]);
    await erase();
    expect((await erasures()).length).toBe(1);
  });

  it('empties the file in memory, also where it is folded on', async () => {
    await register();
    const elsewhere = streamsOn(store);
    expect((await elsewhere.files.load(STREAM)).state.learner.founder).toBe(connexions.slug);
    await erase();
    for (const event of await erasures()) elsewhere.outdate(event);
    const { state, revision } = await elsewhere.files.load(STREAM);
    expect([state.learner.founder, state.record.heads.length, revision]).toEqual([undefined, 0, 2]);
  });
});
