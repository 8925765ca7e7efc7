export {
  type Areas,
  type Circumstances,
  type LinkAdviser,
  type LinkAdvisers,
  withLinkAssigned,
  withLinkConfirmed,
} from './circumstances.ts';
export { type Effects, FULL, type StandingLevel, NONE, PARTIAL, wasHeard } from './effects.ts';
export { answeredReferrer, isByTable, referredBy, type Relationships, relationshipsChangeAt, relationshipsOf } from './relationships.ts';
export { mayTakeEffect, Standing, tiesAsBefore } from './standing.ts';
export type { StandingView, StandingState } from './standing-view.ts';
export { waitingTies } from './waiting.ts';
export type { Enrolment, Referral, Said, Ties } from './ties.ts';
