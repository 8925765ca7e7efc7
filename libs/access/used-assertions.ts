// The port that remembers which assertions were used: each may be used once (RFC 7523 section 3, item 7), also after a restart.
import type { AgencySlug } from '#kernel';

/** Methods reject with `StorageError`. */
export interface UsedAssertions {
  /**
   * False where this agency has used this `jti` before, also in another process, and where several ask at once all but one of them. What
   * counts is on disk when it resolves. `expires` in seconds since 1970: it may be forgotten then, and is soon after, so that no more
   * is kept than what is in force.
   */
  use(agency: AgencySlug, jti: string, expires: number): Promise<boolean>;
  /** Resolves where it could be written now. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Kept a little longer than they are in force, in seconds. */
export const KEPT_SECONDS = 60;
