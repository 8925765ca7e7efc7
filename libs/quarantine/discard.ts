// Removes entries for good. What goes is recorded in the log before it is gone.
import { type Clock, err, ok, type Result } from '#kernel';
import { type DiscardParts, type DiscardSelection, recordDiscard } from './discards.ts';
import type { Amount, Quarantine, QuarantineSelection } from './quarantine.ts';

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
