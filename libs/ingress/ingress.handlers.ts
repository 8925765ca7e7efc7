// What comes in, as commands.
import { AccessService, type AssertionFault, type Granted } from '#access';
import type { Receipt } from '#admission';
import { Command } from '#bus';
import { handling } from '#bus/nest';
import type { Result } from '#kernel';
import type { QuarantineEntry } from '#quarantine';
import { recordChunk, type Chunk, type RecordParts } from './inbox/index.ts';
import { Intake, type ReceivedFrom } from './intake.ts';

/** One signed message as it came over a channel. */
export interface ReceivedMessage extends ReceivedFrom {
  readonly raw: Uint8Array;
  readonly channel: string;
}

export class AdmitMessage extends Command<ReceivedMessage, readonly Receipt[]> {}

/** An entry of the quarantine is judged as things stand now. */
export class RetryQuarantined extends Command<QuarantineEntry, readonly Receipt[]> {}

export interface TokenAsked {
  /** A JWT (RFC 7523), good for one token. */
  readonly assertion: string;
  /** The `client_id` sent along, if any. */
  readonly client?: string | undefined;
}

export class GrantToken extends Command<TokenAsked, Result<Granted, AssertionFault>> {}

export const ingressHandlers = [
  handling(AdmitMessage, Intake, (intake, { raw, channel, ...from }) => intake.receive(raw, channel, from)),
  handling(RetryQuarantined, Intake, (intake, entry) => intake.retry(entry)),
  handling(GrantToken, AccessService, (access, { assertion, client }) => access.tokenFor(assertion, client)),
];

/** Consecutive messages of one partition: their events, how far it is taken in, and what is owed for it. Gives the partition's bookmark. */
export class TakeInChunk extends Command<Chunk, string> {}

export const RECORDING_CHUNKS = Symbol('RecordingChunks');

export const inboxHandlers = [handling(TakeInChunk, RECORDING_CHUNKS, (parts: RecordParts, chunk) => recordChunk(parts, chunk))];
