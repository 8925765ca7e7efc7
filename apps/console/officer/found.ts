// Where what was found is shown.
import type { Found } from './audit-answers.ts';

export const hrefOfLearner = (learner: string): string => `/dpo/learners/${encodeURIComponent(learner)}`;
export const hrefOfConsent = (learner: string, consent: string): string =>
  `/dpo/consents/${encodeURIComponent(learner)}/${encodeURIComponent(consent)}`;

/** Of `e2e-passport@1#EP3`, in the readable agreement. */
export const hrefOfClause = (clause: string): string => {
  const [agreement = '', name = ''] = clause.split('#', 2);
  const [id = '', version = ''] = agreement.split('@', 2);
  return `/dpo/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}#${encodeURIComponent(name)}`;
};

export const hrefOfFound = ({ learner, consent, decision, staff }: Found['found'][number]): string => {
  if (decision !== undefined) return `/dpo/decisions/${decision}`;
  if (consent !== undefined) return hrefOfConsent(learner, consent);
  if (staff !== undefined) return `${hrefOfLearner(learner)}/disclosures?staff=${encodeURIComponent(staff)}`;
  return hrefOfLearner(learner);
};
