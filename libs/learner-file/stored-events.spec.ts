import { type RecordedEvent, Tail } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { encodePayload, rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import { usesOf } from '#privacy/contract';
import { type FollowedEvent, followedWith } from './stored-events.ts';

const owner = 'learner-00000000-0000-4000-8000-00000000000a';
const type = 'uk.concordat.referral.made.v1';
const event = { specversion: '1.0', id: 'm-1', source: 'urn:concordat:agency:forge', type, data: { referralId: 'r-1' } };
const payload = encodePayload({ header: { t: 0, roles: [] }, bytes: Buffer.from(JSON.stringify(event)) });
const meta = { actor: 'forge', correlation: 'c', schema: 1, category: 'referral', owner };
const written = { id: '00000000-0000-4000-8000-000000000001', type, meta };
const place = { stream: owner, revision: 0, type };

/** The event, sealed for its place by a vault that counts what it opens. */
const followed = async (changes: Partial<RecordedEvent> = {}) => {
  const vault = new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 7)) });
  const sealed = (await vault.load([meta])).seal(meta, place, payload);
  const recorded = { ...written, payload: sealed, ...place, position: 1, recordedAt: 0, ...changes };
  const { opened } = usesOf(vault);
  const { decode, prepare } = followedWith(vault);
  const one = decode(recorded);
  return { one, prepare: () => prepare([one]), recorded, vault, opened: () => opened.length };
};

describe('an event that is followed', () => {
  it('is opened once for all who follow the log, and not before one of them asks', async () => {
    const { recorded, vault, opened } = await followed();
    const [store, stopping] = [new MemoryEventStore(), new AbortController()];
    const seen: unknown[] = [];
    const tail = new Tail({ store, ...followedWith(vault) });
    const follow = async (name: string, look: (event: FollowedEvent) => unknown): Promise<void> =>
      tail.follow(
        {
          name,
          types: 'every',
          opens: () => name !== 'feeds',
          checkpoint: () => 0,
          handle: async ({ events }) => {
            seen.push(...events.map(look));
            if (seen.length === 3) stopping.abort();
          },
        },
        stopping.signal,
      );
    const following = [
      follow('views', (one) => one.open()?.event?.id),
      follow('notices', (one) => one.open()?.event?.id),
      follow('feeds', ({ recorded }) => recorded.type),
    ];
    await new Promise((resolve) => setImmediate(resolve));
    await store.append([{ stream: owner, expected: 'any', events: [{ ...written, payload: recorded.payload }] }]);
    await Promise.all(following);
    expect([seen.toSorted(), opened()]).toEqual([['m-1', 'm-1', type], 1]);
  });

  it('is opened anew where keys may have been destroyed since, so that what was erased is not told from memory', async () => {
    const { one, prepare, vault, opened } = await followed();
    await prepare();
    expect(one.open()?.event?.data).toEqual({ referralId: 'r-1' });
    await vault.destroy(owner);
    await prepare();
    expect([one.open(), one.content(), opened()]).toEqual([undefined, undefined, 3]);
  });

  it('is not opened where nobody said that it would be, and its keys were not loaded', async () => {
    const { one } = await followed();
    for (const open of [() => one.open(), () => one.content()]) expect(open).toThrow(expect.objectContaining({ code: 'not-loaded' }));
  });

  it('of the broker’s own is read as it is, without keys', async () => {
    const clear = { actor: 'broker', correlation: 'c', schema: 1 };
    const { one, opened } = await followed({ meta: clear, payload: Buffer.from('{"n":1}') });
    expect([one.content(), one.content(), one.open(), opened()]).toEqual([{ n: 1 }, { n: 1 }, undefined, 0]);
  });
});
