// Roles, offices and categories as a reader of a change calls them, in the plural.
import type { Category, Role } from '#catalogue';
import type { Office } from './language.ts';

export const ROLE_PLURALS: Readonly<Record<Role, string>> = {
  connexions: 'connexions services',
  provider: 'providers',
  school: 'schools',
  college: 'colleges',
  yot: 'youth offending teams',
  jobcentre: 'jobcentres',
  funder: 'funders',
  'local-authority': 'local authorities',
  ebp: 'education business partnerships',
  employer: 'employers',
  'social-services': 'social services',
  'learning-partnership': 'learning partnerships',
  custody: 'custodial institutions',
  'self-service': 'learners on their own page',
};

export const OFFICE_PLURALS: Readonly<Record<Office, string>> = {
  'data-manager': 'data managers',
  'dpo-of': 'data protection officers of the agency concerned',
  'dpo-partnership': 'data protection officers of the partnership',
  operator: 'operators',
  learner: 'learners',
  public: 'everybody',
};

export const CATEGORY_PLURALS: Readonly<Record<Category, string>> = {
  identity: 'identities',
  adviser: 'advisers',
  consent: 'consents',
  referral: 'referrals',
  assessment: 'assessments',
  apir: 'APIR assessments',
  'risk-of-failing': 'assessments of the risk of failing',
  'risk-of-reoffending': 'assessments of the risk of reoffending',
  endorsement: 'endorsements',
  circumstance: 'circumstances',
  'circumstance-special': 'circumstances of special categories',
  offence: 'offences',
  quota: 'quotas',
  programme: 'programmes',
  review: 'reviews',
  attendance: 'concerns about attendance',
  placement: 'placements',
  achievement: 'achievements',
  leaving: 'leavings',
  offer: 'offers',
  application: 'applications',
  destination: 'destinations',
  intention: 'intentions',
  feedback: 'feedback',
  rights: 'questions and complaints',
  planning: 'plans',
  quality: 'findings of quality',
  vacancy: 'vacancies',
};
