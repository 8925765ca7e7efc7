// Data of consents, notices, objections and restrictions.
import type { AgencySlug, IsoDate } from '#kernel';
import type { Recipient } from './terms.ts';

export interface ConsentScope {
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipients: readonly Recipient[];
}

export interface ConsentStated extends ConsentScope {
  readonly consentId: string;
  readonly givenBy: 'learner' | 'parent-or-carer';
  readonly method: 'signed-form' | 'online' | 'verbal-witnessed';
  readonly notice: { readonly id: string; readonly version: string; readonly language: string };
  readonly evidence?: string;
  readonly validFrom: IsoDate;
  /** The last day, inclusive. */
  readonly expires?: IsoDate;
}

export interface ConsentConfirmed {
  readonly consentId: string;
  readonly of?: AgencySlug;
}

export interface ConsentChanged extends ConsentConfirmed {
  readonly by: string;
  readonly reason?: string;
}

export interface ConsentRenewed extends ConsentChanged {
  readonly expires?: IsoDate;
}

/** The learner is asked, and answers with a consent given or refused. */
export interface ConsentRequested extends ConsentScope {
  readonly until: IsoDate;
}

export interface NoticeAcknowledged {
  readonly noticeId: string;
  readonly on: IsoDate;
  readonly action: 'deleted' | 'stopped-using' | 'nothing-held';
}

/** A list left out does not narrow the scope. */
export interface StatementScope {
  readonly categories?: readonly string[];
  readonly purposes?: readonly string[];
  readonly recipients?: readonly Recipient[];
}

export interface RightsStatement {
  readonly scope: StatementScope;
  readonly reason: string;
}

export interface ObjectionDecided extends RightsStatement {
  readonly outcome: 'upheld' | 'overridden';
  /** Present where overridden. */
  readonly grounds?: string;
}

export interface ConsentData {
  readonly 'consent.given': ConsentStated;
  readonly 'consent.refused': ConsentStated;
  readonly 'consent.withdrawn': ConsentChanged;
  readonly 'consent.paused': ConsentChanged;
  readonly 'consent.resumed': ConsentChanged;
  readonly 'consent.renewed': ConsentRenewed;
  readonly 'consent.confirmed': ConsentConfirmed;
  readonly 'consent.requested': ConsentRequested;
  readonly 'notice.acknowledged': NoticeAcknowledged;
  readonly 'objection.raised': RightsStatement;
  readonly 'objection.decided': ObjectionDecided;
  readonly 'restriction.requested': RightsStatement;
  readonly 'restriction.lifted': RightsStatement;
}
