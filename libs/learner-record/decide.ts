// Every type of event of the learner's record, and the rule that judges it.
import type {
  AdviserData,
  AssessmentData,
  CircumstanceData,
  LearnerData,
  OfferData,
  OffenceData,
  PlacementData,
  PlanningData,
  ProgrammeData,
  ReferralData,
  ReviewData,
  RightsData,
} from '#catalogue';
import { accepted, type Contribution, decideBy, type Judges, type Outcome } from '#contribution';
import {
  decideAdviserEnded,
  decideFollowUp,
  decideMovingOnPlanned,
  decideOfProgramme,
  decidePlacementEnded,
  decidePlacementSought,
  decidePlacementStarted,
  decideProgrammeEnded,
  decideProgrammeStarted,
  decideReview,
} from './programme.decide.ts';
import {
  decideApplicationPlaced,
  decideApplicationSubmitted,
  decideEndorsementGiven,
  decideEndorsementQueried,
  decideOfferAnswered,
  decideOfferMade,
  decideReferralAnswered,
  decideReferralMade,
  decideReferralWithdrawn,
} from './application.decide.ts';
import {
  type AlreadyCaptured,
  decideAssessmentDisputed,
  decideAssessmentRecorded,
  decideAssessmentRectified,
} from './assessment.decide.ts';
import { answersAsked, begins, type View } from './references.ts';

/** Of the learner's record; not identity (`#learners`) nor consent (`#consent`). */
export type RecordType =
  | Exclude<keyof AdviserData, 'link-adviser.assigned' | 'link-adviser.confirmed' | 'office.declared'>
  | keyof AssessmentData
  | keyof CircumstanceData
  | Exclude<keyof LearnerData, 'learner.registered' | 'learner.corrected'>
  | keyof OfferData
  | Exclude<keyof OffenceData, 'quota.agreed'>
  | Exclude<keyof PlacementData, 'workplace.risk-assessed'>
  | Extract<keyof PlanningData, 'feedback.given'>
  | keyof ProgrammeData
  | keyof ReferralData
  | keyof ReviewData
  | keyof RightsData;

export type RecordOutcome = Outcome | AlreadyCaptured;

const noRule = (): Outcome => accepted();

const judges: Judges<RecordType, View, RecordOutcome> = {
  'learner.adviser-assigned': noRule,
  'learner.adviser-ended': decideAdviserEnded,
  'tie.confirmed': noRule,
  'residence.stated': noRule,
  'adviser.informed': decideFollowUp,
  'follow-up.made': decideFollowUp,
  'referral.made': decideReferralMade,
  'referral.accepted': decideReferralAnswered,
  'referral.declined': decideReferralAnswered,
  'referral.withdrawn': decideReferralWithdrawn,
  'assessment.recorded': decideAssessmentRecorded,
  'assessment.disputed': decideAssessmentDisputed,
  'assessment.rectified': decideAssessmentRectified,
  'endorsement.given': decideEndorsementGiven,
  'endorsement.queried': decideEndorsementQueried,
  'circumstance.noted': noRule,
  'offence.noted': noRule,
  'case-conference.held': noRule,
  'release.planned': noRule,
  'programme.started': decideProgrammeStarted,
  'programme.agreed': decideOfProgramme,
  'programme.queried': decideOfProgramme,
  'programme.signed-off': decideOfProgramme,
  'attendance.concern': decideOfProgramme,
  'programme.left-early': decideProgrammeEnded,
  'programme.moved-on': decideProgrammeEnded,
  'moving-on.planned': decideMovingOnPlanned,
  'review.scheduled': decideReview,
  'review.held': decideReview,
  'placement.sought': decidePlacementSought,
  'placement.started': decidePlacementStarted,
  'placement.ended': decidePlacementEnded,
  'achievement.recorded': (contribution, view) => begins('achievement', contribution.data.achievementId, contribution, view),
  'offer.made': decideOfferMade,
  'offer.accepted': decideOfferAnswered,
  'offer.declined': decideOfferAnswered,
  'application.submitted': decideApplicationSubmitted,
  'application.placed': decideApplicationPlaced,
  'destination.recorded': noRule,
  'intention.recorded': noRule,
  'feedback.given': noRule,
  'endorsement.answered': decideEndorsementQueried,
  'question.asked': (contribution, view) => begins('question', contribution.data.questionId, contribution, view),
  'question.answered': (contribution, view) => answersAsked('question', contribution.data.questionId, contribution, view),
  'complaint.made': (contribution, view) => begins('complaint', contribution.data.complaintId, contribution, view),
  'complaint.acknowledged': (contribution, view) => answersAsked('complaint', contribution.data.complaintId, contribution, view),
  'complaint.answered': (contribution, view) => answersAsked('complaint', contribution.data.complaintId, contribution, view),
};

export const isRecordType = (type: string): type is RecordType => Object.hasOwn(judges, type);

/** Whether the contribution fits what is recorded, as far as its sender may know of that. */
export const decideRecord: (contribution: Contribution<RecordType>, view: View) => RecordOutcome = decideBy(judges);
