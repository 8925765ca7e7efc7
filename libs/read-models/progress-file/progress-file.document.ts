// The progress file: what a learner achieved, accredited or not (views.md, S22; E2E App. 1).
import { achievementFields, type AchievementRow, learnerDocument } from '../documents/index.ts';
import { groups } from '../lists/index.ts';
import { type ProgressFile, progressFileIn } from './progress-file.answer.ts';

export const progressFile = learnerDocument<ProgressFile>({
  name: 'progress-file',
  says: 'What the learner achieved, accredited or not, each thing once.',
  purposes: ['support-learner', 'plan-learning'],
  items: { types: ['achievement.recorded'], categories: ['achievement'] },
  dated: false,
  fields: { rows: groups<AchievementRow>('The last awarded first.', achievementFields) },
  content: progressFileIn,
});
