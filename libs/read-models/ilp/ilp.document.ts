// The electronic individual learning plan (views.md, S22; Collaborating for success, executive summary).
import { actionFields, type ActionRow, learnerDocument } from '../documents/index.ts';
import { day, groups, text, texts } from '../lists/index.ts';
import { type Ilp, ilpIn, type ObjectiveRow } from './ilp.answer.ts';

export const ilp = learnerDocument<Ilp>({
  name: 'ilp',
  says: "The learner's individual learning plan: objectives and support of the programmes agreed last, and actions of reviews.",
  purposes: ['support-learner', 'plan-learning'],
  items: {
    types: ['programme.started', 'programme.agreed', 'programme.left-early', 'programme.moved-on', 'review.held'],
    categories: ['programme', 'leaving', 'review'],
  },
  dated: true,
  fields: {
    objectives: groups<ObjectiveRow>('Objectives of the version agreed last, of each programme that has not ended.', {
      text: text('Objective.'),
      programmeId: text('Id of the programme.'),
      of: text('Slug of the agency that runs it.'),
      version: text('Version agreed last.'),
      since: day('Day of the version that first had it.'),
      reviewed: texts('Days of the reviews since.'),
    }),
    support: texts('Support agreed.'),
    actions: groups<ActionRow>('What reviews agreed to be done.', actionFields),
    strands: texts('Strands of the programmes.'),
  },
  content: ilpIn,
});
