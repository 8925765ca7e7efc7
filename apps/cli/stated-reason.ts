// Why the operator does something: kept in the log for as long as there is one.
import type { Command } from 'commander';
import { misuse } from './complaint.ts';

const LONGEST = 500;

export const withReason = (command: Command): Command => command.requiredOption('--reason <text>', 'why; it is kept, so name no learner');

/** Throws a `Complaint` where it says nothing. */
export const reasonOf = ({ reason }: { readonly reason: string }): string => {
  const said = reason.trim();
  if (said === '' || said.length > LONGEST || /\p{Cc}/u.test(said)) throw misuse(`--reason takes a line of 1 to ${LONGEST} characters.`);
  return said;
};
