// Data of referrals.
import type { AgencySlug } from '#kernel';

export interface ReferralMade {
  readonly referralId: string;
  readonly to: AgencySlug;
  readonly office?: string;
  readonly route: 'connexions' | 'other-agency' | 'self' | 'school' | 'yot' | 'out-of-area';
  readonly reason?: string;
  readonly assessments?: readonly string[];
}

export interface ReferralWithdrawn {
  readonly referralId: string;
  readonly reason?: string;
}

export interface ReferralAnswered extends ReferralWithdrawn {
  readonly of?: AgencySlug;
}

export interface ReferralData {
  readonly 'referral.made': ReferralMade;
  readonly 'referral.accepted': ReferralAnswered;
  readonly 'referral.declined': ReferralAnswered;
  readonly 'referral.withdrawn': ReferralWithdrawn;
}
