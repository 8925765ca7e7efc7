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
export { type ConsentType, decideConsent, isConsentType } from './decide.ts';
