// What admission works with, and what it is given.
import type { Agency } from '#agencies';
import type { Catalogue } from '#catalogue';
import type { Gate, Registers } from '#disclosure';
import type { EventStore } from '#event-store';
import type { Clock, LearnerId } from '#kernel';
import type { LearnerStreams, WhenRecorded } from '#learner-file';
import type { LogWriter } from '#unit-of-work';
import type { Pseudonyms, Vault } from '#privacy';
import type { Quarantine } from '#quarantine';
import type { EventToJudge } from './checks/event-form.ts';

/** A message whose signature holds and whose events are all its signer's. */
export interface VerifiedMessage {
  readonly agency: Agency;
  /** Thumbprint of the key that signed it: it has to be in force when it is judged, too. Absent: nobody signed it. */
  readonly kid?: string;
  readonly channel: string;
  /** Where exactly it came from, on channels that say so: what of it is refused goes to quarantine once, however often it is judged. */
  readonly origin?: string;
  /** Whether its receipts reach the sender itself: only then are they to tell of learners and of what exists (contracts.md, Receipts). */
  readonly reachesSender?: boolean;
  /** Whose own token came with it: nobody else is spoken of on a learner's page. */
  readonly signedIn?: LearnerId;
  readonly events: readonly (EventToJudge & { readonly evidence: unknown })[];
}

export interface AdmissionParts {
  readonly store: EventStore;
  readonly streams: LearnerStreams;
  readonly writer: LogWriter;
  readonly gate: Pick<Gate, 'existing'>;
  readonly registers: Registers;
  readonly catalogue: Catalogue;
  readonly vault: Vault;
  readonly pseudonyms: Pseudonyms;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
  /** Events of one agency about one learner in a day. */
  readonly mostInDay: number;
  readonly whenRecorded?: WhenRecorded;
  /**
   * Who sends of themselves what partners may see: nothing that a change of consent forbids may be on its way when its receipt is given.
   */
  readonly disclosing?: { settled(learner: LearnerId): Promise<void> };
}
