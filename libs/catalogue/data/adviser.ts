// Data of who advises a learner, and of the offices that advisers work from.
import type { AgencySlug, IsoDate } from '#kernel';

export type AdviserRole = 'personal-adviser' | 'link-adviser' | 'dedicated-adviser' | 'key-worker' | 'mentor';

export interface AdviserAssigned {
  readonly name: string;
  readonly role: AdviserRole;
  readonly staffId?: string;
  readonly office?: string;
  readonly contact?: string;
  readonly reason?: string;
}

export interface AdviserEnded {
  readonly role: AdviserRole;
  readonly on: IsoDate;
  readonly reason?: string;
}

export interface LinkAdviserAssigned {
  readonly provider: AgencySlug;
  readonly name: string;
  readonly contact?: string;
}

export interface LinkAdviserConfirmed {
  /** The agency that assigned the link adviser. */
  readonly by: AgencySlug;
}

export interface AdviserInformed {
  readonly programmeId: string;
  readonly on: IsoDate;
  readonly of?: AgencySlug;
}

export interface FollowUpMade {
  readonly programmeId: string;
  readonly on: IsoDate;
  readonly by: string;
  readonly outcome: string;
  /** The review that it follows. */
  readonly reviewId?: string;
  readonly of?: AgencySlug;
}

export interface OfficeDeclared {
  readonly office: string;
  readonly name: string;
  /** Outward codes, or longer prefixes such as `WV14 8`. */
  readonly districts: readonly string[];
}

export interface AdviserData {
  readonly 'learner.adviser-assigned': AdviserAssigned;
  readonly 'learner.adviser-ended': AdviserEnded;
  readonly 'link-adviser.assigned': LinkAdviserAssigned;
  readonly 'link-adviser.confirmed': LinkAdviserConfirmed;
  readonly 'adviser.informed': AdviserInformed;
  readonly 'follow-up.made': FollowUpMade;
  readonly 'office.declared': OfficeDeclared;
}
