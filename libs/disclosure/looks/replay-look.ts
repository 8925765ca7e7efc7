// Invariant 10 for looks: decided again on the registers as they stood, a look comes out the same.
import { askerRecorded } from '#access';
import type { LearnerId } from '#kernel';
import { type PastParts, pastOf } from '../past.ts';
import { groundFor } from './look-grounds.ts';
import type { LookDecided } from './look-record.ts';

const NOBODY: LearnerId = '';

/** `about`: the learner in whose stream it stands. */
export const replayLook = async (
  parts: PastParts,
  look: LookDecided,
  about: LearnerId = NOBODY,
): Promise<Pick<LookDecided, 'outcome' | 'ground'>> => {
  const past = await pastOf(parts, look);
  const reader = look.another ? undefined : past.taking(askerRecorded(look.recipient, about));
  const ground = reader && groundFor(past.decisions, reader, look.asked);
  return ground === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', ground };
};
