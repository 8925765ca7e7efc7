export {
  type Areas,
  type Circumstances,
  type LinkAdviser,
  type LinkAdvisers,
  linkAdviserOf,
  withLinkAssigned,
  withLinkConfirmed,
} from './circumstances.ts';
export { type Effects, FULL, NONE, PARTIAL, type StandingLevel, type StandingState, type StandingView, wasHeard } from './effects.ts';
export { evidenceFor } from './evidence.ts';
export {
  answeredReferrer,
  displacedOf,
  isByTable,
  referredBy,
  type Relationships,
  relationshipsChangeAt,
  relationshipsOf,
} from './relationships.ts';
export { mayTakeEffect, Standing, tiesAsBefore } from './standing.ts';
export { waitingTies } from './waiting.ts';
export type { Enrolment, Referral, Said, Ties } from './ties.ts';
