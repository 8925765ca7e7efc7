export {
  type ConsentType,
  type ConsentView,
  decideConsent,
  isConsentType,
  mayNarrow,
  type Narrowings,
  narrowingsIn,
} from './consent.decide.ts';
export {
  type Consent,
  consentOwner,
  type ConsentState,
  evolveConsents,
  initialConsents,
  MERGED_IDENTITY_NOTICED,
  type Notice,
  NOTICE_ISSUED,
  NOTICE_REASONS,
  type NoticeIssued,
  type NoticeReason,
  noticeSentTo,
  noticesOfErasure,
  openNoticesFor,
  type RightsEntry,
  withNotice,
} from './consent.ts';
export {
  consentName,
  consentsChangeAt,
  type ConsentStanding,
  type ConsentStatus,
  consentStatusAt,
  consentTerms,
  namedInConsents,
  type StandingConsent,
} from './effective.ts';
export type { Grounds } from './grounds.ts';
