// Data of events about who a learner is and who advises them.
import type { AgencySlug, IsoDate } from '#kernel';

export interface LearnerRegistered {
  readonly localId: string;
  readonly uln?: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: IsoDate;
  readonly postcode?: string;
  readonly sex?: string;
  readonly contact?: string;
}

/** At least one of the learner's details is present. */
export interface LearnerCorrected extends Partial<LearnerRegistered> {
  readonly reason: string;
}

export interface AdviserAssigned {
  readonly name: string;
  readonly role: 'personal-adviser' | 'link-adviser' | 'key-worker';
  readonly contact?: string;
  readonly reason?: string;
}

export interface LinkAdviserAssigned {
  readonly provider: AgencySlug;
  readonly name: string;
  readonly contact?: string;
}

export interface AdviserInformed {
  readonly programmeId: string;
  readonly on: IsoDate;
}

export interface FollowUpMade {
  readonly programmeId: string;
  readonly on: IsoDate;
  readonly by: string;
  readonly outcome: string;
}

export interface LearnerData {
  readonly 'learner.registered': LearnerRegistered;
  readonly 'learner.corrected': LearnerCorrected;
  readonly 'learner.adviser-assigned': AdviserAssigned;
  readonly 'link-adviser.assigned': LinkAdviserAssigned;
  readonly 'adviser.informed': AdviserInformed;
  readonly 'follow-up.made': FollowUpMade;
}
