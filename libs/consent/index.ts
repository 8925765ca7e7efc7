export type { ConsentView } from './consent.decide.ts';
export { type Consent, consentOwner, type ConsentState, evolveConsents, initialConsents, type RightsEntry } from './consent.ts';
export { consentsChangeAt } from './consents-change.ts';
export { type ConsentType, decideConsent, isConsentType } from './decide.ts';
export {
  consentName,
  type ConsentStanding,
  type ConsentStatus,
  consentStatusAt,
  consentTerms,
  namedInConsents,
  type StandingConsent,
} from './effective.ts';
export type { Grounds } from './grounds.ts';
export { mayNarrow, type Narrowings, narrowingsIn } from './narrowings.ts';
export {
  MERGED_IDENTITY_NOTICED,
  NOTICE_ISSUED,
  NOTICE_REASONS,
  type Notice,
  type NoticeIssued,
  type NoticeReason,
  noticeSentTo,
  noticesOfErasure,
  openNoticesFor,
  withNotice,
} from './notices.ts';
