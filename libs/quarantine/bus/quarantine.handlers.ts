// What the operator does with the quarantine, as commands and queries. What was sent itself is shown by the gate alone.
import { Command, type NoDetails, Query } from '#bus';
import { handling } from '#bus/nest';
import type { Result } from '#kernel';
import { discard, type Discarding, type DiscardRejection, discardsIn, type QuarantineDiscarded, type ToDiscard } from '../discards.ts';
import type { Amount, LetGo, QuarantineEntry, QuarantineFilter } from '../quarantine.ts';

export class DiscardQuarantined extends Command<ToDiscard, Result<Amount, DiscardRejection>> {}

/** Without what was sent. */
export interface QuarantineListed {
  readonly entries: readonly QuarantineEntry[];
  /** What is no longer here. */
  readonly letGo: readonly LetGo[];
}

export class ListQuarantined extends Query<QuarantineFilter, QuarantineListed> {}
export class FindQuarantined extends Query<{ readonly id: number }, QuarantineEntry | undefined> {}
export class ListDiscards extends Query<NoDetails, readonly QuarantineDiscarded[]> {}

export const DISCARDING = Symbol('Discarding');

export const quarantineHandlers = [
  handling(DiscardQuarantined, DISCARDING, (parts: Discarding, asked) => discard(parts, asked)),
  handling(ListQuarantined, DISCARDING, async ({ quarantine }: Discarding, filter) => ({
    entries: await quarantine.list(filter),
    letGo: await quarantine.letGo(),
  })),
  handling(FindQuarantined, DISCARDING, async ({ quarantine }: Discarding, { id }) => quarantine.find(id)),
  handling(ListDiscards, DISCARDING, (parts: Discarding) => discardsIn(parts)),
];
