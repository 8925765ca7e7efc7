// What the data manager decided of records that may be one person's, as it was recorded, for whoever decides on them (ADR 85).
import type { Instant, Position } from '#kernel';
import { type MatchOutcome, openMatchDecided } from '#learner-file';
import { keysOf } from '#privacy';
import type { GateParts } from '../gate-parts.ts';

export interface MatchDecision {
  readonly position: Position;
  /** What it was said of. */
  readonly match: string;
  readonly outcome: MatchOutcome;
  readonly reason: string;
  readonly staff?: string;
  readonly decidedAt: Instant;
}

/** In the order asked for; what was erased is left out. */
export const matchDecisions = async (
  { store, vault }: Pick<GateParts, 'store' | 'vault'>,
  positions: readonly Position[],
): Promise<readonly MatchDecision[]> => {
  const events = (await Promise.all(positions.map((position) => store.readAll({ after: position - 1, limit: 1 })))).flat();
  const keys = await keysOf(vault, events);
  return events.flatMap((stored) => {
    const decided = openMatchDecided(stored, keys);
    if (decided === undefined) return [];
    const { match, outcome, reason, staff } = decided;
    const { position, recordedAt: decidedAt } = stored;
    return [{ position, match, outcome, reason, ...(staff !== undefined && { staff }), decidedAt }];
  });
};
