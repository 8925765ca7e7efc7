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
  type Change,
  type ChangeKind,
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
  standingConsents,
} from './effective.ts';
export { type ConsentBand, consentBands, type ConsentBandStatus, consentBandStatus } from './bands.ts';
export type { Grounds } from './grounds.ts';
