import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCatalogue } from '#catalogue';
import { assessment, connexions, NOON, OTHER_ULN, person, type Teller, ULN } from '#contribution/fixtures';
import { Gate, ItemReader, type Registers } from '#disclosure';
import { type EventStore, EventStoreError } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { conflictId, DATA_QUALITY, LearnerStreams, learnerOfStream, LINK_CONFLICT_FOUND } from '#learner-file';
import { type KeyName, PairwisePseudonyms, rootKeyOf } from '#privacy';
import { usesOf } from '#privacy/contract';
import { MemoryVault } from '#privacy/memory';
import { SqliteVault } from '#privacy/sqlite';
import { MemoryQuarantine } from '#quarantine/memory';
import { LogWriter } from '#unit-of-work';
import { Admission } from './admission.ts';
import { allInForce, messageOf, type Sent, sent } from './fixtures/index.ts';
import type { Receipt } from './receipts.ts';
import { decideMatch } from './settle-match.ts';

const ROOT_KEY = rootKeyOf(Buffer.alloc(32, 7));
const registration = sent('learner.registered', { ...person, uln: ULN }, { id: 'm-r' });
const correction = (at: number): Sent => sent('learner.corrected', { givenName: `Zoe ${at}`, reason: 'Misread' }, { id: `m-c-${at}` });
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

const partsOn = (on: EventStore) => ({
  store: on,
  streams: new LearnerStreams({ store: on, vault, catalogue: shippedCatalogue(), learners: 100 }),
  writer: new LogWriter(on, vault),
  registers: { inForce: () => allInForce, require: () => undefined } as unknown as Registers,
  vault,
  pseudonyms: new PairwisePseudonyms(ROOT_KEY),
  clock: { now: () => NOON },
});
const admissionOf = (parts: ReturnType<typeof partsOn>): Admission =>
  new Admission({
    ...parts,
    gate: new Gate({ ...parts, reader: new ItemReader(parts.store, vault) }),
    catalogue: shippedCatalogue(),
    quarantine,
    mostInDay: 1000,
  });
const admissionOn = (on: EventStore = store): Admission => admissionOf(partsOn(on));
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

describe('a conflict of identifiers that is sent again', () => {
  /** The real store, told how much of learners' streams is read. */
  const counting = (read: (events: number) => void): EventStore => {
    const readStream: EventStore['readStream'] = async (stream, options) => {
      const events = await store.readStream(stream, options);
      if (learnerOfStream(stream) !== undefined) read(events.length);
      return events;
    };
    return new Proxy(store, { get: (real, name) => (name === 'readStream' ? readStream : bound(real, name)) });
  };
  const conflicting = sent('learner.registered', { ...person, uln: OTHER_ULN }, { subject: 'local:' + person.localId });
  const noted = async (): Promise<number> =>
    (await store.readStream(DATA_QUALITY)).filter(({ type }) => type === LINK_CONFLICT_FOUND).length;
  const codes = (receipts: readonly Receipt[]) => receipts.map(({ problem }) => problem?.code);

  it('is noted anew once it was decided, whichever process that was in, and reads nothing of what the learner’s record holds', async () => {
    let read = 0;
    const parts = partsOn(counting((events) => (read += events)));
    const admission = admissionOf(parts);
    await admit(admission, connexions, registration, ...Array.from({ length: 50 }, (_, at) => correction(at)));
    const again = async (): Promise<number> => {
      read = 0;
      expect(codes(await admit(admission, connexions, conflicting))).toEqual(['link-conflict']);
      return read;
    };
    expect([await again(), await again(), await noted()]).toEqual([0, 0, 1]);
    const [stream = ''] = (await store.readAll({ limit: 1 })).map((event) => event.stream);
    const match = conflictId(learnerOfStream(stream) ?? '', { agency: connexions.slug, identifier: 'uln' });
    const decision = { match, outcome: 'different', reason: 'The letter.' } as const;
    expect((await decideMatch(partsOn(store), decision)).ok).toBe(true);
    expect([await again(), await again(), await noted()]).toEqual([1, 1, 2]);
    expect((await decideMatch(parts, decision)).ok).toBe(true);
    expect([(await again()) > 50, await again(), await noted()]).toEqual([true, 0, 3]);
  });
});
