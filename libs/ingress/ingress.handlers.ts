// What comes in, as commands.
import type { Receipt } from '#admission';
import { Command } from '#bus';
import { handling } from '#bus/nest';
import type { QuarantineEntry } from '#quarantine';
import { Intake, type ReceivedFrom } from './intake.ts';

/** One signed message as it came over a channel. */
export interface ReceivedMessage extends ReceivedFrom {
  readonly raw: Uint8Array;
  readonly channel: string;
}

export class AdmitMessage extends Command<ReceivedMessage, readonly Receipt[]> {}

/** An entry of the quarantine is judged as things stand now. */
export class RetryQuarantined extends Command<QuarantineEntry, readonly Receipt[]> {}

export const ingressHandlers = [
  handling(AdmitMessage, Intake, (intake, { raw, channel, ...from }) => intake.receive(raw, channel, from)),
  handling(RetryQuarantined, Intake, (intake, entry) => intake.retry(entry)),
];
