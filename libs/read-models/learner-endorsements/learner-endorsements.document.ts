// Endorsements of a learner (views.md, S4; QPID 6.6–6.7).
import { ADVISERS } from '#duties';
import { endorsementFields, type EndorsementRow, learnerDocument } from '../documents/index.ts';
import { groups } from '../lists/index.ts';
import { endorsementsOf, type LearnerEndorsements } from './learner-endorsements.answer.ts';

export const learnerEndorsements = learnerDocument<LearnerEndorsements>({
  name: 'learner-endorsements',
  path: 'endorsements',
  says: 'What the learner is expected to reach on a programme, doubts about it, the answers, and what was reached.',
  purposes: ['plan-learning', 'support-learner'],
  items: {
    types: [
      'endorsement.given',
      'endorsement.queried',
      'endorsement.answered',
      'programme.started',
      'achievement.recorded',
      'assessment.recorded',
      'assessment.rectified',
      'programme.left-early',
      'programme.moved-on',
      ...ADVISERS,
    ],
    categories: ['endorsement', 'programme', 'achievement', 'assessment', 'leaving', 'adviser'],
  },
  dated: true,
  fields: { rows: groups<EndorsementRow>('The last given first.', endorsementFields) },
  content: endorsementsOf,
});
