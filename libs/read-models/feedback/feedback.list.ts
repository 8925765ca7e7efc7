// What young people say, and what is done about it (views.md, S21; E2E p. 24).
import { count, day, flag, groups, text, workedOut } from '../lists/index.ts';
import { type CommentRow, feedbackRows, type FeedbackRow, type GivenAnswer } from './feedback.answer.ts';
import { answered, PURPOSES, spokenByLearners, spokenWithoutName } from './feedback.sources.ts';

export const feedbackList = workedOut<FeedbackRow>({
  name: 'feedback',
  says: 'What was said of an agency in a quarter that is over, by theme, where six or more spoke; never by whom.',
  about: 'counts',
  source: spokenByLearners,
  things: [spokenWithoutName, answered],
  purposes: PURPOSES,
  filters: {
    about: { says: 'Slug of the agency that it is about.' },
    theme: { says: 'Theme.' },
    quarter: { says: 'Calendar quarter, as 2026-Q3.' },
  },
  fields: {
    about: text('Slug of the agency that it is about.'),
    theme: text('Theme.'),
    quarter: text('Calendar quarter in which it was recorded.'),
    comments: groups<CommentRow>('Comments, in no order of time; without those that the asking agency recorded itself.', {
      month: text('Month.'),
      text: text('What was said.'),
    }),
    answers: groups<GivenAnswer>('What the agency does about it.', {
      by: text('Slug of the agency.'),
      on: day('Day.'),
      action: text('What it does.'),
    }),
    due: day('Last day to answer.'),
    answeredInDays: count('Days from the end of the quarter to the first answer.'),
    overdue: flag('Whether nobody answered within six weeks.'),
  },
  table: ['about', 'theme', 'quarter', 'comments_text', 'answers_action', 'overdue'],
  rows: feedbackRows,
});
