// Why something cannot be said of an agency or its keys.
export type AgencyRejectionCode =
  | 'slug-malformed'
  | 'slug-reserved'
  | 'no-role'
  | 'unknown-role'
  | 'district-malformed'
  | 'entity-malformed'
  | 'unknown-agency'
  | 'agency-ended'
  | 'no-key-in-force'
  | 'key-taken'
  | 'key-has-other-use'
  | 'key-ended'
  | 'unknown-key'
  | 'private-key'
  | 'unsupported-key'
  | 'malformed-key'
  | 'weak-key'
  | 'kid-not-thumbprint';

export interface AgencyRejection {
  readonly code: AgencyRejectionCode;
  /** What is so and what to do. */
  readonly says: string;
}
