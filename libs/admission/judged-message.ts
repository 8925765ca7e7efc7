import type { VerifiedMessage } from './admission-parts.ts';
import type { JudgedEvent } from './session.ts';
import type { Verdict } from './verdict.ts';

/** A message with what judging its events came to. */
export interface JudgedMessage {
  readonly message: VerifiedMessage;
  readonly judged: readonly JudgedEvent[];
  readonly verdicts: readonly Verdict[];
}
