// Every event about consent and the learner's rights, and the rule that judges it.
import { accepted, type Contribution, decideBy, type Judges, type Outcome } from '#contribution';
import type { ConsentData } from '#catalogue';
import { type ConsentView, decideConsentBegun, decideConsentChanged } from './consent.decide.ts';
import { decideNoticeAcknowledged, decideObjectionDecided, decideRestrictionLifted } from './rights.decide.ts';

export type ConsentType = keyof ConsentData;

const judges: Judges<ConsentType, ConsentView, Outcome> = {
  'consent.given': decideConsentBegun,
  'consent.refused': decideConsentBegun,
  'consent.withdrawn': decideConsentChanged,
  'consent.paused': decideConsentChanged,
  'consent.resumed': decideConsentChanged,
  'consent.renewed': decideConsentChanged,
  'consent.confirmed': decideConsentChanged,
  'consent.requested': () => accepted(),
  'notice.acknowledged': decideNoticeAcknowledged,
  'objection.raised': () => accepted(),
  'objection.decided': decideObjectionDecided,
  'restriction.requested': () => accepted(),
  'restriction.lifted': decideRestrictionLifted,
};

export const isConsentType = (type: string): type is ConsentType => Object.hasOwn(judges, type);

/** Whether the contribution stands against what was said before, as far as its sender may look. */
export const decideConsent: (contribution: Contribution<ConsentType>, view: ConsentView) => Outcome = decideBy(judges);
