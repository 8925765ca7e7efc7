// Who asks, as a verified token says.
import type { AgencySlug } from '#kernel';

/** Who asks: the agency, and the member of its staff where the token names one. */
export interface Caller {
  readonly agency: AgencySlug;
  readonly staff?: string;
}

/** What a verified token says. It is good before `until`, and as long as what it rests on holds. */
export interface Verified {
  readonly caller: Caller;
  /** The key of the assertion that it was given for; absent where it was given for none. */
  readonly kid?: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export const callerNamed = (agency: AgencySlug, staff: unknown): Caller => ({ agency, ...(typeof staff === 'string' ? { staff } : {}) });
