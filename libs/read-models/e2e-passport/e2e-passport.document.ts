// The E2E Passport, assembled (views.md, S2; "Developing effective partnerships" pp. 16–21).
import type { KindOfItem } from '#disclosure';
import { MERGED_IDENTITY } from '#sharing-protocols';
import {
  achievementFields,
  type AchievementRow,
  coverFields,
  type CoverRow,
  endorsementFields,
  type EndorsementRow,
  learnerDocument,
  placementFields,
  type PlacementRow,
  programmeFields,
  type ProgrammeRow,
  READ_LEVELS,
  reviewFields,
  type ReviewRow,
  STANDINGS,
} from '../documents/index.ts';
import { code, coded, count, day, type FieldsOf, flag, group, groups, text, texts } from '../lists/index.ts';
import {
  type AssessmentRow,
  type CompletenessRow,
  type E2ePassport,
  e2ePassportIn,
  type MovingOnRow,
  REFERRAL_ANSWERS,
  type ReferralRow,
} from './e2e-passport.answer.ts';

/** Whether there is each of the five documents would be shown by EP2, EP4, EP5 or as one's own. */
const FIVE_DOCUMENTS: readonly KindOfItem[] = [
  { type: 'referral.made', category: 'referral', facts: { route: 'connexions' }, from: 'others', names: 'to' },
  { type: 'assessment.recorded', category: 'assessment', facts: { framework: 'initial' }, from: 'others' },
  { type: 'programme.agreed', category: 'programme', from: 'programme' },
  { type: 'review.held', category: 'review', from: 'programme' },
  { type: 'moving-on.planned', category: 'leaving', from: 'programme' },
];

const referralFields: FieldsOf<ReferralRow> = {
  referralId: text('Its id.'),
  from: text('Slug of the agency that referred the learner.'),
  to: text('Slug of the agency that the learner was referred to.'),
  office: text('Office.'),
  route: coded(text('Route, such as connexions.'), 'referral-routes'),
  madeOn: day('Day.'),
  reason: text('Reason.'),
  assessments: texts('Ids of assessments that go with it.'),
  answer: code(REFERRAL_ANSWERS, 'What came of it; lapsed: not answered within 180 days.'),
  answeredOn: day('Day of the answer.'),
};

const assessmentFields: FieldsOf<AssessmentRow> = {
  assessmentId: text('Its id.'),
  framework: coded(text('Framework, such as initial.'), 'frameworks'),
  domain: text('Domain, such as literacy.'),
  level: coded(text('Level.'), 'assessment-levels'),
  assessedOn: day('Day.'),
  validUntil: day('Last day on which it counts.'),
  by: text('Slug of the agency that assessed.'),
  summary: text('Summary.'),
  supersededBy: text('Id of the assessment that superseded it.'),
  rectifiedOn: day('Day on which its source set it right.'),
  standing: code(STANDINGS, 'How it stands on the day.'),
  disputed: flag('Whether somebody who may read it disputes it.'),
  read: code(READ_LEVELS, 'How much of it may be read.'),
};

const movingOnFields: FieldsOf<MovingOnRow> = {
  aim: text('Aim.'),
  support: texts('Support.'),
  plannedOn: day('Day for which it is planned.'),
  destination: text('Destination, a CCIS activity code.'),
  destinationGroup: text('Its group, where the code is not told.'),
  on: day('Day of moving on.'),
};

const completenessFields: FieldsOf<CompletenessRow> = {
  programmeId: text('Id of the current programme.'),
  referral: flag('Whether there is a referral to the agency that runs it.'),
  initialAssessment: flag('Whether there is an initial assessment.'),
  programme: flag('Whether a programme was agreed.'),
  reviews: flag('Whether it was reviewed.'),
  movingOn: flag('Whether there is a plan for moving on.'),
  present: count('How many of the five there are.'),
};

export const e2ePassport = learnerDocument<E2ePassport>({
  name: 'e2e-passport',
  path: 'passport/e2e',
  says: 'The E2E Passport: referral, initial assessment, programme, reviews, moving on, as far as the agency may see each.',
  purposes: ['deliver-programme', 'plan-learning', 'support-learner'],
  items: {
    types: [
      MERGED_IDENTITY,
      'learner.registered',
      'learner.corrected',
      'learner.adviser-assigned',
      'learner.adviser-ended',
      'referral.made',
      'referral.accepted',
      'referral.declined',
      'referral.withdrawn',
      'assessment.recorded',
      'assessment.rectified',
      'endorsement.given',
      'endorsement.queried',
      'endorsement.answered',
      'programme.started',
      'programme.agreed',
      'programme.queried',
      'programme.signed-off',
      'programme.left-early',
      'programme.moved-on',
      'review.held',
      'placement.started',
      'placement.ended',
      'achievement.recorded',
      'moving-on.planned',
    ],
    categories: [
      'identity',
      'adviser',
      'referral',
      'assessment',
      'apir',
      'risk-of-failing',
      'endorsement',
      'programme',
      'review',
      'placement',
      'achievement',
      'leaving',
    ],
  },
  kinds: FIVE_DOCUMENTS,
  dated: true,
  fields: {
    cover: group<CoverRow>('Who the learner is, and who is responsible.', coverFields),
    referral: groups<ReferralRow>('Referrals.', referralFields),
    initialAssessment: groups<AssessmentRow>('Assessments.', assessmentFields),
    endorsement: group<EndorsementRow>('The last endorsement.', endorsementFields),
    programme: groups<ProgrammeRow>('Programmes.', programmeFields),
    reviews: groups<ReviewRow>('Reviews.', reviewFields),
    placements: groups<PlacementRow>('Placements.', placementFields),
    achievements: groups<AchievementRow>('Achievements, each once.', achievementFields),
    movingOn: group<MovingOnRow>('The plan for moving on, and what came of it.', movingOnFields),
    completeness: group<CompletenessRow>(
      'Of the current programme, to whoever would be shown each of the five documents; null to others.',
      completenessFields,
    ),
  },
  content: e2ePassportIn,
});
