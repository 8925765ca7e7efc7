// As whom a command on the data directory asks the gate: an office of the operator. Each look is recorded before anything is printed.
import type { OfficeAsker } from '#access';
import type { Look } from '#disclosure';
import type { Result } from '#kernel';
import { Complaint } from './complaint.ts';

export const OPERATOR: OfficeAsker = { office: 'operator' };
export const DATA_MANAGER: OfficeAsker = { office: 'data-manager' };

/** Throws a `Complaint` where the gate refused. */
export const toldOf = <Told>(look: Look<Told>): Told => {
  if (look.outcome === 'answered') return look.told;
  throw new Complaint(`The gate refused, and recorded that at position ${look.position}: nothing gives this office what it asked for.`);
};

/** Throws a `Complaint` that says why nothing could be asked. */
export const knownIn = <Asked>(asked: Result<Asked, { readonly says: string }>): Asked => {
  if (asked.ok) return asked.value;
  throw new Complaint(asked.error.says);
};
