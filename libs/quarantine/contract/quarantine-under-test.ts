// What a suite of the contract works on: a quarantine that it may open with shares of its choice, and open again.
import { type Clock, fixedClock } from '#kernel';
import { rootKeyOf, type Vault } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import type { Quarantine, Quarantined } from '../quarantine.ts';
import { type Shares, sharesOf } from '../shares.ts';

export interface QuarantinePlace {
  /** A quarantine on this place: beside others, as another process; or anew, after they have been closed. */
  readonly open: (shares: Shares) => Quarantine;
  /** Removes the place; all on it have been closed. */
  readonly discard: () => Promise<void>;
}

/** An empty place. By `clock` time passes, with `vault` content is sealed. */
export type MakePlace = (parts: { readonly vault: Vault; readonly clock: Clock }) => Promise<QuarantinePlace>;

export const KIBIBYTE = 1024;
export const NOON = Date.parse('2026-03-02T12:00:00Z');
export const DAY = 86_400_000;

const ALLOWED = { bytes: 1024 * KIBIBYTE, heads: 1024 };
/** Room for eight entries of 7 KiB in each share, and for sixteen in all. */
export const NARROW: Shares = { whole: 128 * KIBIBYTE, each: 64 * KIBIBYTE, sender: ALLOWED, senders: ALLOWED };

export interface UnderTest {
  quarantine: Quarantine;
  readonly vault: Vault;
  readonly clock: ReturnType<typeof fixedClock>;
  /** Another beside it. */
  readonly another: (shares?: Shares) => Quarantine;
  /** Closes it and opens it anew. */
  readonly reopen: (shares?: Shares) => Promise<void>;
  readonly addAll: (items: readonly Quarantined[]) => Promise<void>;
  /** The content of each entry as text; undefined where it cannot be had. */
  readonly texts: () => Promise<readonly (string | undefined)[]>;
}

/** A quarantine for each test; whatever was opened beside it is closed with it. */
export const quarantineForEach = (make: MakePlace, shares = sharesOf()): UnderTest => {
  const clock = fixedClock(NOON);
  let place: QuarantinePlace;
  let opened: Quarantine[];
  let vault: Vault;
  const open = (limits: Shares): Quarantine => {
    const quarantine = place.open(limits);
    opened.push(quarantine);
    return quarantine;
  };
  const under = {
    quarantine: undefined as unknown as Quarantine,
    get vault(): Vault {
      return vault;
    },
    clock,
    another: (limits: Shares = shares) => open(limits),
    reopen: async (limits: Shares = shares) => {
      await under.quarantine.close();
      under.quarantine = open(limits);
    },
    addAll: async (items: readonly Quarantined[]) => {
      await Promise.all(items.map((item) => under.quarantine.add(item)));
    },
    texts: async () => {
      const entries = await under.quarantine.list({ limit: 1000 });
      return Promise.all(entries.map(async ({ id }) => textOf(await under.quarantine.content(id))));
    },
  };
  beforeEach(async () => {
    clock.set(NOON);
    opened = [];
    vault = new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 3)) });
    place = await make({ vault, clock });
    under.quarantine = open(shares);
  });
  afterEach(async () => {
    for (const quarantine of opened) await quarantine.close();
    await place.discard();
  });
  return under;
};

export const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

/** Of a sender whom nobody knows. */
export const message = (content: string | Uint8Array, more: Partial<Quarantined> = {}): Quarantined => ({
  kind: 'message',
  channel: 'http',
  code: 'unknown-key',
  says: 'No key.',
  sender: '192.0.2.7',
  receivedAt: NOON,
  content: Buffer.from(content),
  ...more,
});

export const event = (agency: string, content: string | Uint8Array, more: Partial<Quarantined> = {}): Quarantined => ({
  kind: 'event',
  channel: 'http',
  code: 'schema',
  says: '/heldOn: Give a date.',
  agency,
  subject: 'blind-1',
  receivedAt: NOON,
  content: Buffer.from(content),
  ...more,
});

export const BIG = Buffer.alloc(7 * KIBIBYTE, 'x');
export const many = (count: number, item: (n: number) => Quarantined): readonly Quarantined[] =>
  Array.from({ length: count }, (_, n) => item(n));
export const idsOf = (entries: readonly { readonly id: number }[]): readonly number[] => entries.map(({ id }) => id);
