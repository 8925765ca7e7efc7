// Verdicts as receipts, once positions are known.
import type { AgencySlug, LearnerId, Position } from '#kernel';
import type { ExistingAssessment } from '#learner-file';
import type { Pseudonyms } from '#privacy';
import type { FormJudgement } from './contribution-form.ts';
import { type Existing, type Receipt, rejectionProblem } from './receipt.ts';
import type { Verdict } from './verdict.ts';

export interface Teller {
  readonly agency: AgencySlug;
  readonly pseudonyms: Pseudonyms;
  /** By event id, of what this message recorded. */
  readonly positions: ReadonlyMap<string, Position>;
}

export const receiptOf = (teller: Teller, { id, source }: FormJudgement, verdict: Verdict): Receipt => {
  switch (verdict.outcome) {
    case 'accepted':
      return { id, source, outcome: verdict.outcome, ...placeOf(teller, verdict.eventId), ...learnerOf(teller, verdict.learner) };
    case 'already-captured':
      return { id, source, outcome: verdict.outcome, ...placeOf(teller, verdict.eventId), ...learnerOf(teller, verdict.learner), ...existingOf(teller, verdict) };
    case 'duplicate':
      return {
        id,
        source,
        outcome: verdict.outcome,
        ...placeOf(teller, verdict.eventId, verdict.position),
        ...learnerOf(teller, verdict.learner),
        ...existingOf(teller, verdict),
      };
    case 'conflict':
      return { id, source, outcome: verdict.outcome };
    case 'rejected':
      return { id, source, outcome: verdict.outcome, problem: rejectionProblem(verdict.fault.code, verdict.fault.says) };
  }
};

const placeOf = ({ positions }: Teller, eventId: string, known?: Position): Pick<Receipt, 'position'> => {
  const position = known ?? positions.get(eventId);
  return position === undefined ? {} : { position: String(position) };
};

const learnerOf = ({ agency, pseudonyms }: Teller, learner: LearnerId | undefined): Pick<Receipt, 'learner'> =>
  learner === undefined ? {} : { learner: pseudonyms.of(agency, learner) };

interface Met {
  readonly existing?: ExistingAssessment;
  readonly learner?: LearnerId;
  readonly mayRead?: boolean;
}

const existingOf = (teller: Teller, { existing, learner, mayRead }: Met): Pick<Receipt, 'existing'> =>
  existing === undefined ? {} : { existing: { ...existing, ...(mayRead === true ? linkTo(teller, learner) : {}) } };

const linkTo = ({ agency, pseudonyms }: Teller, learner: LearnerId | undefined): Pick<Existing, 'link'> =>
  learner === undefined ? {} : { link: `/v1/learners/${pseudonyms.of(agency, learner)}/assessments` };
