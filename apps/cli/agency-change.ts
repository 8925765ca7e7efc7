// Changes the register of agencies for a command, and tells what was done.
import type { AgencyChange } from '#agencies';
import type { Command } from '#bus';
import { Complaint } from './complaint.ts';
import type { Context } from './context.ts';
import { type Opening, withUseCases } from './data-directory.ts';

export interface Change {
  readonly command: Command<unknown, AgencyChange>;
  readonly says: string;
  /** Where it was so already. */
  readonly unchanged: string;
}

export const change = async (context: Context, { command, says, unchanged }: Change, opening: Opening = {}): Promise<void> => {
  const changed = await withUseCases(context, (ask) => ask(command), opening);
  if (!changed.ok) throw new Complaint(changed.error.says);
  context.terminal.line(changed.value.length === 0 ? unchanged : says);
};
