// What the operator does with the quarantine, as commands.
import { Command } from '#bus';
import { handling } from '#bus/nest';
import type { Result } from '#kernel';
import { discard, type Discarding, type DiscardRejection, type ToDiscard } from '../discard.ts';
import type { Amount } from '../quarantine.ts';

export class DiscardQuarantined extends Command<ToDiscard, Result<Amount, DiscardRejection>> {}

export const DISCARDING = Symbol('Discarding');

export const quarantineHandlers = [handling(DiscardQuarantined, DISCARDING, (parts: Discarding, asked) => discard(parts, asked))];
