// The trail of what operators discarded: in the log, since the quarantine's own file forgets. Sealed, since it names an operator.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import type { EventStore, RecordedEvent } from '#event-store';
import { type AgencySlug, type Clock, err, type Instant, ok, type Result } from '#kernel';
import { decodePayload, encodePayload, type KeyName, type Keys, keysOf, type LoadsKeys, type Vault } from '#privacy';
import { openSealed } from '#privacy/opening';
import type { Amount, Quarantine, QuarantineSelection } from './quarantine.ts';

export const QUARANTINE_STREAM = 'quarantine';
export const QUARANTINE_DISCARDED = 'uk.concordat.quarantine.discarded.v1';

/** Nothing of any content. */
export interface QuarantineDiscarded extends Amount {
  /** The operator, as the command was told or the system knows. */
  readonly by: string;
  readonly at: Instant;
  readonly reason?: string;
  readonly agency?: AgencySlug;
  readonly unattributed?: true;
  readonly before?: Instant;
  readonly ids?: readonly number[];
}

const KEY: KeyName = { owner: 'operator', category: 'quarantine' };

export interface DiscardParts {
  readonly store: Pick<EventStore, 'append' | 'readStream'>;
  readonly vault: LoadsKeys & Pick<Vault, 'durable'>;
}

/** Which entries an operator may name. */
export type DiscardSelection = Pick<QuarantineSelection, 'agency' | 'unattributed' | 'before' | 'ids'>;

/** On disk before anything is gone. */
export const recordDiscard = async ({ store, vault }: DiscardParts, discarded: QuarantineDiscarded): Promise<void> => {
  const id = randomUUID();
  const plain = encodePayload({ header: discarded, bytes: new Uint8Array() });
  const keys = await vault.load([KEY]);
  const payload = keys.seal(KEY, { stream: QUARANTINE_STREAM, revision: 0, type: id }, plain);
  await vault.durable();
  const meta = { actor: 'operator', correlation: correlation(), schema: 1, category: KEY.category, owner: KEY.owner };
  await store.append([{ stream: QUARANTINE_STREAM, expected: 'any', events: [{ id, type: QUARANTINE_DISCARDED, meta, payload }] }]);
};

/** In the order in which they were discarded. */
export const discardsIn = async ({ store, vault }: DiscardParts): Promise<readonly QuarantineDiscarded[]> => {
  const recorded = await store.readStream(QUARANTINE_STREAM);
  const keys = await keysOf(vault, recorded);
  return recorded.flatMap((stored) => opened(keys, stored) ?? []);
};

const opened = (keys: Keys, { id, payload }: RecordedEvent): QuarantineDiscarded | undefined => {
  const plain = openSealed(keys, KEY, { stream: QUARANTINE_STREAM, revision: 0, type: id }, payload);
  return plain && decodePayload<QuarantineDiscarded>(plain).header;
};

// Removes entries for good. What goes is recorded in the log before it is gone.

export interface ToDiscard extends Omit<DiscardSelection, 'before'> {
  /** Milliseconds since they came, at least. */
  readonly age?: number;
  /** Who says so. */
  readonly by: string;
  readonly reason?: string;
}

export interface DiscardRejection {
  readonly code: 'no-such-entry';
  readonly says: string;
}

export interface Discarding extends DiscardParts {
  readonly quarantine: Quarantine;
  readonly clock: Clock;
}

/** How much went; nothing is recorded where nothing was meant. */
export const discard = async (parts: Discarding, { age, by, reason, ...asked }: ToDiscard): Promise<Result<Amount, DiscardRejection>> => {
  const { quarantine, clock } = parts;
  const at = clock.now();
  const named: DiscardSelection = { ...asked, ...(age === undefined ? {} : { before: at - age }) };
  for (const id of named.ids ?? [])
    if (!(await quarantine.find(id)))
      return err({ code: 'no-such-entry', says: `There is no entry ${id} in quarantine: nothing was discarded.` });
  // What comes while this goes on is not meant.
  const selection: QuarantineSelection = { ...named, upTo: await quarantine.newest() };
  const amount = await quarantine.amountOf(selection);
  if (amount.entries === 0) return ok(amount);
  await recordDiscard(parts, { ...named, ...amount, at, by, ...(reason === undefined ? {} : { reason }) });
  return ok(await quarantine.remove(selection, 'discarded'));
};
