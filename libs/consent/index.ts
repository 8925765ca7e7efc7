export {
  type Consent,
  type ConsentStanding,
  type ConsentState,
  type ConsentStatus,
  consentStatusAt,
  consentTerms,
  evolveConsents,
  initialConsents,
  type Objection,
} from './consent.ts';
export { consentsChangeAt } from './consents-change.ts';
export { type ConsentType, decideConsent, isConsentType } from './decide.ts';
export { NOTICE_ISSUED, type Notice, type NoticeIssued, noticeSentTo, openNoticesFor, withNotice } from './notices.ts';
