// Tracking across providers (views.md, S15; Collaborating for success, learner transitions).
import { learnerDocument } from '../documents/index.ts';
import { code, coded, day, groups, text } from '../lists/index.ts';
import { ENDS, type Pathway, pathwayIn, type StepRow, STEPS } from './pathway.answer.ts';

export const pathway = learnerDocument<Pathway>({
  name: 'pathway',
  says: "The learner's programmes and destinations in the order of time, as far as the agency may see them.",
  purposes: ['support-learner', 'track-participation', 'plan-learning'],
  items: {
    types: ['programme.started', 'programme.left-early', 'programme.moved-on', 'destination.recorded'],
    categories: ['programme', 'leaving', 'destination'],
  },
  dated: false,
  fields: {
    rows: groups<StepRow>('By their first days.', {
      step: code(STEPS, 'What it is.'),
      from: day('First day.'),
      until: day('Last day of a programme that has ended.'),
      by: text('Slug of the agency that runs the programme or recorded the destination.'),
      programmeId: text('Id of the programme.'),
      kind: coded(text('Kind of programme, such as e2e.'), 'programme-kinds'),
      title: text('Title of the programme.'),
      end: code(ENDS, 'How the programme ended.'),
      reason: coded(text('Reason for leaving early.'), 'leaving-reasons'),
      reasonGroup: coded(text('Its group, where the reason is not told.'), 'reason-groups'),
      activity: coded(text('CCIS code of the destination, or of what the learner moved on to.'), 'ccis-activity'),
      activityGroup: coded(text('Its group, where the code is not told.'), 'activity-groups'),
      verifiedOn: day('Day on which the destination was verified.'),
    }),
  },
  content: pathwayIn,
});
