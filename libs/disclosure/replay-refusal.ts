// A recorded question about nobody, decided again: whoever was asked for does not stand where the log was looked at, as far as it was
// written.
import { askerRecorded } from '#access';
import type { LearnerId } from '#kernel';
import { type PastParts, pastOf } from './past.ts';
import type { DisclosureRefused } from './refusal-record.ts';

const NOBODY: LearnerId = '';

/** True: nobody is found again. */
export const replayRefusal = async (parts: PastParts, { looked, ...refused }: DisclosureRefused): Promise<boolean> => {
  const past = await pastOf(parts, refused);
  const asker = past.taking(askerRecorded(refused.recipient, NOBODY));
  if (asker === undefined || looked === undefined) return true;
  return !(await past.isNamedIn(looked.stream, looked.revision));
};
