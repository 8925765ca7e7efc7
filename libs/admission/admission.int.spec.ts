import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCatalogue } from '#catalogue';
import { assessment, connexions, NOON, person, type Teller, ULN } from '#contribution/fixtures';
import { Gate, ItemReader, type Registers } from '#disclosure';
import { type EventStore, EventStoreError } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { LearnerStreams } from '#learner-file';
import { type KeyName, PairwisePseudonyms, rootKeyOf } from '#privacy';
import { usesOf } from '#privacy/contract';
import { MemoryVault } from '#privacy/memory';
import { SqliteVault } from '#privacy/sqlite';
import { MemoryQuarantine } from '#quarantine/memory';
import { LogWriter } from '#unit-of-work';
import { Admission } from './admission.ts';
import { allInForce, messageOf, type Sent, sent } from './fixtures/index.ts';
import type { Receipt } from './receipts.ts';

const ROOT_KEY = rootKeyOf(Buffer.alloc(32, 7));
const registration = sent('learner.registered', { ...person, uln: ULN }, { id: 'm-r' });
const assessed = sent('assessment.recorded', assessment({ assessmentId: 'a-1' }), { id: 'm-a' });

let folder: string;
let store: SqliteEventStore;
let vault: SqliteVault;
/** What was sealed: everything recorded once, and again each time that another writer was first. */
let sealed: readonly KeyName[];
let quarantine: MemoryQuarantine;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'admission-'));
  store = SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
  vault = new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey: ROOT_KEY });
  sealed = usesOf(vault).sealed;
  quarantine = new MemoryQuarantine(new MemoryVault({ rootKey: ROOT_KEY }));
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

/** The real store, but for its first appends: another writer is said to have been first. */
const refusing = (times: number): EventStore => {
  let asked = 0;
  const append: EventStore['append'] = async (writes, bookmarks) => {
    if (asked++ < times) throw new EventStoreError('wrong-expected-revision', 'Another writer was first.');
    return store.append(writes, bookmarks);
  };
  return new Proxy(store, { get: (real, name) => (name === 'append' ? append : bound(real, name)) });
};
const bound = (real: object, name: string | symbol): unknown => {
  const value = Reflect.get(real, name) as unknown;
  return typeof value === 'function' ? value.bind(real) : value;
};

const admissionOn = (on: EventStore = store): Admission => {
  const counted = vault;
  const parts = {
    store: on,
    streams: new LearnerStreams({ store: on, vault: counted, catalogue: shippedCatalogue(), learners: 100 }),
    writer: new LogWriter(on, counted),
    registers: { inForce: () => allInForce, require: () => undefined } as unknown as Registers,
    vault: counted,
    pseudonyms: new PairwisePseudonyms(ROOT_KEY),
    clock: { now: () => NOON },
  };
  return new Admission({
    ...parts,
    gate: new Gate({ ...parts, reader: new ItemReader(on, counted) }),
    catalogue: shippedCatalogue(),
    quarantine,
    mostInDay: 1000,
  });
};
const admit = (admission: Admission, by: Teller, ...events: readonly Sent[]): Promise<readonly Receipt[]> =>
  admission.admit({ ...messageOf(by, ...events), channel: 'http' });
const outcomes = (receipts: readonly Receipt[]): readonly string[] => receipts.map(({ outcome }) => outcome);

describe('admission', () => {
  it('judges a registration and an assessment of one batch once', async () => {
    expect(outcomes(await admit(admissionOn(), connexions, registration, assessed))).toEqual(['accepted', 'accepted']);
    expect([sealed.length, await store.head()]).toEqual([5, 5]);
  });

  it('judges once what is about learners of whom nothing is in memory', async () => {
    await admit(admissionOn(), connexions, registration, assessed);
    sealed = usesOf(vault).sealed;
    const correction = sent('learner.corrected', { givenName: 'Zoe', reason: 'Misread' }, { id: 'm-c' });
    const again = { ...sent('assessment.recorded', assessment({ assessmentId: 'a-2' })), id: 'm-b' };
    const receipts = await admit(admissionOn(), connexions, correction, again);
    expect([outcomes(receipts), sealed.length, await store.head()]).toEqual([['accepted', 'already-captured'], 4, 9]);
  });

  it('judges again, and records once, where another writer was first', async () => {
    const receipts = await admit(admissionOn(refusing(2)), connexions, registration, assessed);
    expect([outcomes(receipts), sealed.length, await store.head()]).toEqual([['accepted', 'accepted'], 15, 5]);
  });

  it('tells whoever sends a message that is under way what its first was told', async () => {
    const admission = admissionOn();
    const [first, second] = await Promise.all([admit(admission, connexions, registration), admit(admission, connexions, registration)]);
    expect([outcomes(first), outcomes(second), first[0]?.position]).toEqual([['accepted'], ['duplicate'], second[0]?.position]);
  });

  it('keeps what it refuses, and tells nobody before', async () => {
    const receipts = await admit(admissionOn(), connexions, assessed, { ...assessed, type: 'no.such', id: 'm-x' });
    expect(receipts.map(({ problem }) => problem?.code)).toEqual(['no-such-learner', 'unknown-type']);
    expect((await quarantine.list({ limit: 10 })).map(({ code }) => code)).toEqual(['no-such-learner', 'unknown-type']);
    expect([sealed.length, await store.head()]).toEqual([0, 0]);
  });
});
