// What the data manager says, as a command.
import { Command } from '#bus';
import { handling } from '#bus/nest';
import { type ConfirmingTies, confirmTies, type TiesSaid } from '../confirm-ties.ts';
import type { Receipt } from '../receipts.ts';

/** A receipt for each line, in their order. */
export class ConfirmTies extends Command<TiesSaid, readonly Receipt[]> {}

export const CONFIRMING_TIES = Symbol('ConfirmingTies');

export const admissionHandlers = [handling(ConfirmTies, CONFIRMING_TIES, (parts: ConfirmingTies, said) => confirmTies(parts, said))];
