// The closed vocabularies of protocols/codes as types, so that domain code can name them without reading a file.
// A spec keeps both in agreement.

export const ROLES = [
  'connexions',
  'provider',
  'school',
  'college',
  'yot',
  'jobcentre',
  'funder',
  'local-authority',
  'ebp',
  'employer',
  'social-services',
  'learning-partnership',
  'custody',
  'self-service',
] as const;
export type Role = (typeof ROLES)[number];

export const CATEGORIES = [
  'identity',
  'adviser',
  'consent',
  'referral',
  'assessment',
  'apir',
  'risk-of-failing',
  'risk-of-reoffending',
  'endorsement',
  'circumstance',
  'circumstance-special',
  'offence',
  'quota',
  'programme',
  'review',
  'attendance',
  'placement',
  'achievement',
  'leaving',
  'offer',
  'application',
  'destination',
  'intention',
  'feedback',
  'rights',
  'planning',
  'quality',
  'vacancy',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** `special-category` needs a condition of UK GDPR Art 9, `criminal-offence` one of Art 10. */
export type Nature = 'personal' | 'special-category' | 'criminal-offence' | 'not-personal';

export const FRAMEWORKS = [
  'apir',
  'initial',
  'screening',
  'learning-style',
  'vocational',
  'risk-of-failing',
  'risk-of-reoffending',
] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export const LEAVING_REASONS = [
  'job-offer',
  'not-ready',
  'personal',
  'moved-away',
  'health',
  'caring',
  'dissatisfied',
  'custody',
  'other-provision',
  'other',
  'unknown',
] as const;
export type LeavingReason = (typeof LEAVING_REASONS)[number];

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
export const isCategory = (text: string): text is Category => (CATEGORIES as readonly string[]).includes(text);
export const isFramework = (text: string): text is Framework => (FRAMEWORKS as readonly string[]).includes(text);

/**
 * A clause may leave the framework of an assessment out, as the summary of an APIR does; of all but one category the framework is what the
 * category says, so whoever is shown the one knows the other. Undefined where neither says so.
 */
export const frameworkOf = (category: string, stated: string | undefined): string | undefined =>
  stated ?? (isFramework(category) ? category : undefined);
