// What the data manager says, as a command.
import { Command } from '#bus';
import { handling } from '#bus/nest';
import type { Result } from '#kernel';
import { type ConfirmingTies, confirmTies, type TiesSaid } from '../confirm-ties.ts';
import { decideQueued, type MatchQueue, type MatchParts, type MatchSettled, type MatchToDecide, unmergeQueued } from '../settle-match.ts';
import type { NotSettled } from '../not-settled.ts';
import type { Receipt } from '../receipts.ts';

/** A receipt for each line, in their order. */
export class ConfirmTies extends Command<TiesSaid, readonly Receipt[]> {}

/** Whether two records are one person's; refused where nothing of the kind can be decided. */
export class DecideMatch extends Command<MatchToDecide, Result<MatchSettled, NotSettled>> {}

/** The two have each their own again. */
export class Unmerge extends Command<Omit<MatchToDecide, 'outcome'>, Result<MatchSettled, NotSettled>> {}

export const MATCH_PARTS = Symbol('MatchParts');
export const CONFIRMING_TIES = Symbol('ConfirmingTies');

export const admissionHandlers = [
  handling(ConfirmTies, CONFIRMING_TIES, (parts: ConfirmingTies, said) => confirmTies(parts, said)),
  handling(DecideMatch, MATCH_PARTS, (parts: MatchParts & MatchQueue, decision) => decideQueued(parts, decision)),
  handling(Unmerge, MATCH_PARTS, (parts: MatchParts, said) => unmergeQueued(parts, said)),
];
