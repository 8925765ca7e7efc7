import { type RecordedEvent, Tail } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { encodePayload, type Vault } from '#privacy';
import { OPEN } from '#privacy/opening';
import { FollowedEvent, followedWith } from './followed-event.ts';

const owner = 'learner-00000000-0000-4000-8000-00000000000a';
const type = 'uk.concordat.referral.made.v1';
const event = { specversion: '1.0', id: 'm-1', source: 'urn:concordat:agency:forge', type, data: { referralId: 'r-1' } };
const payload = encodePayload({ header: { t: 0, roles: [] }, bytes: Buffer.from(JSON.stringify(event)) });
const meta = { actor: 'forge', correlation: 'c', schema: 1, category: 'referral', owner };
const written = { id: '00000000-0000-4000-8000-000000000001', type, meta, payload };

/** Seals nothing, and counts what it opens. */
class CountingVault {
  opened = 0;
  mark = 0;
  erased = false;

  [OPEN](_key: unknown, _place: unknown, sealed: Uint8Array): Uint8Array | undefined {
    this.opened += 1;
    return this.erased ? undefined : sealed;
  }

  erasureMark(): number {
    return this.mark;
  }

  get asVault(): Vault {
    return this as unknown as Vault;
  }
}

const followed = (vault: CountingVault, changes: Partial<RecordedEvent> = {}): FollowedEvent =>
  new FollowedEvent({ ...written, stream: owner, revision: 0, position: 1, recordedAt: 0, ...changes }, vault.asVault);

describe('an event that is followed', () => {
  it('is opened once for all who follow the log, and not before one of them asks', async () => {
    const [store, vault, stopping] = [new MemoryEventStore(), new CountingVault(), new AbortController()];
    const seen: unknown[] = [];
    const tail = new Tail({ store, decode: followedWith(vault.asVault) });
    const follow = async (name: string, look: (event: FollowedEvent) => unknown): Promise<void> =>
      tail.follow(
        {
          name,
          types: 'every',
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
    await store.append([{ stream: owner, expected: 'any', events: [written] }]);
    await Promise.all(following);
    expect([seen.toSorted(), vault.opened]).toEqual([['m-1', 'm-1', type], 1]);
  });

  it('is opened anew where keys may have been destroyed since, so that what was erased is not told from memory', () => {
    const vault = new CountingVault();
    const one = followed(vault);
    expect(one.open()?.event?.data).toEqual({ referralId: 'r-1' });
    vault.erased = true;
    vault.mark += 1;
    expect([one.open(), one.content(), vault.opened]).toEqual([undefined, undefined, 3]);
  });

  it('of the broker’s own is read as it is', () => {
    const vault = new CountingVault();
    const clear = { actor: 'broker', correlation: 'c', schema: 1 };
    const one = followed(vault, { meta: clear, payload: Buffer.from('{"n":1}') });
    expect([one.content(), one.content(), one.open(), vault.opened]).toEqual([{ n: 1 }, { n: 1 }, undefined, 0]);
  });
});
