// Changes the register of agencies for a command, and tells what was done.
import type { AgencyChange } from '#agencies';
import type { BrokerNode } from '../broker/node.ts';
import { Complaint } from './complaint.ts';
import type { Context } from './context.ts';

export interface Change {
  readonly made: () => Promise<AgencyChange>;
  readonly says: string;
  /** Where it was so already. */
  readonly unchanged: string;
}

export const change = async ({ terminal }: Context, { agencies }: BrokerNode, { made, says, unchanged }: Change): Promise<void> => {
  const before = agencies.version;
  const changed = await made();
  if (!changed.ok) throw new Complaint(changed.error.says);
  terminal.line(agencies.version === before ? unchanged : says);
};
