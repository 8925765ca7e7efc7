export {
  type Answer,
  type AnswerItem,
  type AnswerPage,
  type Disclosure,
  MERGED_IDENTITY_ID,
  MERGED_IDENTITY_REVISION,
  MERGED_IDENTITY_TYPE,
  type NotKnown,
  type NotPermitted,
  type PageOrder,
  type PagePlace,
} from './answer.ts';
export type { Inquiry } from './ask-about-learner.ts';
export type { DocumentAnswer, DocumentDisclosure, DocumentInquiry } from './ask-for-document.ts';
export * from './audit/index.ts';
export { mergedIdentityItem } from './answer-item.ts';
export * from './decide-answer.ts';
export {
  basisOf,
  basisText,
  consentDigest,
  DISCLOSURE_CATEGORY,
  disclosureEvent,
  fieldsText,
  groupPermitted,
  groupRefused,
  openDecision,
} from './disclosure-log.ts';
export {
  type ExistingInquiry,
  type ExistingVisibility,
  LEARNER_QUERIES,
  type LearnerQueryName,
  type LearnerQuestion,
  LOOKUP,
  orderOf,
  wantedBy,
  wantedInRow,
  wantedThen,
} from './questions.ts';
export * from './decision-record.ts';
export * from './figures/index.ts';
export type { DocumentFacts, KindOfItem } from './document-facts.ts';
export type { Sent, SentFeed } from './feed-change.ts';
export { NOTICE_TOKEN } from './feed-change.ts';
export {
  type FeedGround,
  type FeedInquiry,
  type FeedReadSet,
  type FeedSketch,
  type FeedSnapshot,
  isSameGround,
  type SentFeeds,
} from './feed-snapshot.ts';
export { everybody, type FeedTerms, type IsTouched, touchedBetween } from './feed-terms.ts';
export { FEED } from './feed-gate.ts';
export type { FeedDisclosure, OpenedChange, OpenedDuty, OpenedItem, OpenedNotice, openFeeds } from './feed-opening.ts';
export * from './gate.ts';
export type { GateParts } from './gate-parts.ts';
export { type InForce, Registers, type Versions } from './in-force.ts';
export { ItemReader } from './item-reader.ts';
export * from './lists/index.ts';
export * from './looks/index.ts';
export type * from './things/index.ts';
export { type NamedLearner, NamedLearners, type NotNamed } from './named-learners.ts';
export {
  type Cause,
  issueErasureNotices,
  type IssueParts,
  type NotifyParts,
  NotifyRecipientsWhenRightsTakeEffect,
} from './notices/notify-recipients.ts';
export type { OwnAnswer, OwnDisclosure, OwnInquiry, SharingDisclosure } from './ask-for-own.ts';
export type * from './own/index.ts';
export { SignInCodes } from './sign-in/sign-in-codes.ts';
export * from './page-cursors.ts';
export type { Moment } from './moment.ts';
export { DISCLOSURE_REFUSED, type DisclosureRefused, openRefusal, refusalEvent } from './refusal-record.ts';
export * from './replay.ts';
export { type Replayed, replayDecision } from './replay-decision.ts';
export { CHANGES, type ExampleDecision, type RoleGains, SIMULATION, type Simulated, type SimulationInquiry } from './simulation/index.ts';
