// Who asks, as a verified token says.
import type { AgencySlug } from '#kernel';
import type { AgencyAsker, Asker } from './asker.ts';

/** Whoever may do what agencies alone do: send events, read notices, vouch. */
export type Caller = AgencyAsker;

/** What a verified token says. It is good before `until`, and as long as what it rests on holds. */
export interface Verified {
  readonly asker: Asker;
  /** The key of the assertion that it was given for; absent where it was given for none. */
  readonly kid?: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export const callerNamed = (agency: AgencySlug, staff: unknown): Caller => ({ agency, ...(typeof staff === 'string' ? { staff } : {}) });
