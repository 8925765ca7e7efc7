// A tie that waits, as `GET /v1/ties` tells it, or the broker's own data to the data manager.

export interface Tie {
  /** The asking agency's pseudonym for the learner; the broker's own id for the data manager. */
  readonly learner: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  /** Whose tie waits. */
  readonly agency: string;
  /** What it would be, were somebody to vouch for it. */
  readonly relationships: readonly string[];
  /** Day on which it was first recorded. */
  readonly since: string;
}
