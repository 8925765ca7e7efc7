// "Seamless transition of one provider's learning to another" (views.md, S26; E2E p. 24).
import {
  achievementFields,
  type AchievementRow,
  actionFields,
  type ActionRow,
  endorsementFields,
  type EndorsementRow,
  learnerDocument,
  programmeFields,
  type ProgrammeRow,
  reviewFields,
  type ReviewRow,
  STANDINGS,
} from '../documents/index.ts';
import { code, coded, day, groups, text } from '../lists/index.ts';
import { type ExistingRow, type Handover, handoverIn } from './handover.answer.ts';

const { done: _, ...openActionFields } = actionFields;

export const handover = learnerDocument<Handover>({
  name: 'handover',
  says: 'What goes along with the learner to the next provider, college or school.',
  purposes: ['plan-learning'],
  items: {
    types: [
      'programme.started',
      'programme.agreed',
      'programme.queried',
      'programme.signed-off',
      'programme.left-early',
      'programme.moved-on',
      'review.held',
      'achievement.recorded',
      'endorsement.given',
      'endorsement.queried',
      'endorsement.answered',
      'assessment.recorded',
      'assessment.rectified',
    ],
    categories: ['programme', 'leaving', 'review', 'achievement', 'endorsement', 'assessment', 'apir'],
  },
  dated: true,
  fields: {
    programme: groups<ProgrammeRow>('Programmes.', programmeFields),
    reviews: groups<ReviewRow>('Reviews.', reviewFields),
    achievements: groups<AchievementRow>('Achievements, each once.', achievementFields),
    openActions: groups<Omit<ActionRow, 'done'>>('What the last reviews left to be done.', openActionFields),
    endorsements: groups<EndorsementRow>('Endorsements, the last given first.', endorsementFields),
    assessments: groups<ExistingRow>('Which assessments there are: of each framework and domain the one made last.', {
      assessmentId: text('Its id.'),
      framework: coded(text('Framework, such as initial.'), 'frameworks'),
      domain: text('Domain, such as literacy.'),
      by: text('Slug of the agency that assessed.'),
      assessedOn: day('Day.'),
      validUntil: day('Last day on which it counts; null where the clause leaves it out.'),
      standing: code(STANDINGS, 'How it stands on the day.'),
    }),
  },
  content: handoverIn,
});
