// Reviews of programmes (views.md, S6).
import { ADVISERS } from '#duties';
import { anchorsOf, code, day, flag, group, list, ownAnchors, proposeAnchors, text, texts } from '../lists/index.ts';
import { type FollowUpAfter, isChosen, REVIEW_STATES, reviewOrder, type ReviewRow, reviewRow } from './reviews.answer.ts';

/** Of a programme by its first day, since what is due of it depends on other events. */
const anchors = anchorsOf('reviews', 1, {
  'review.scheduled': ({ on }) => on,
  'review.held': ({ heldOn }) => heldOn,
  'programme.started': ({ startedOn, kind }) => (kind === 'school-course' ? undefined : startedOn),
});

export const reviews = list<ReviewRow>({
  name: 'reviews',
  says: 'Reviews of the programmes that the asking agency runs or follows: due, scheduled, held and missed.',
  view: anchors.view,
  purposes: ['support-learner', 'deliver-programme'],
  items: {
    anchor: ['review.scheduled', 'review.held', 'programme.started'],
    beside: ['follow-up.made', 'programme.left-early', 'programme.moved-on', ...ADVISERS],
  },
  filters: {
    state: { says: 'What has become of it.', codes: REVIEW_STATES },
    provider: { says: 'Slug of the agency that runs the programme.' },
    'attendance-requested': { says: "Whether somebody's attendance is requested.", codes: ['true', 'false'] },
    from: { says: 'Held, scheduled or due on that day or later.', period: 'day' },
    to: { says: 'Held, scheduled or due on that day or before.', period: 'day' },
  },
  fields: {
    reviewId: text('Id of the review; null where none is scheduled.'),
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    scheduledOn: day('Day for which it is scheduled.'),
    dueOn: day('Where none is scheduled: by when one is due.'),
    heldOn: day('Day on which it was held.'),
    attendees: texts('Who was there.'),
    tripartite: flag('Whether learner, key worker and an adviser were.'),
    attendanceRequested: texts('Whose attendance is requested.'),
    reason: text('Why.'),
    state: code(REVIEW_STATES, 'Missed: not held within a week of the day for which it was scheduled.'),
    overdue: flag('Whether it was missed, or is not held by the day on which one was due.'),
    followUpAfter: group<FollowUpAfter>('Follow-up by the adviser once it was held.', {
      due: day('Last day: later, where it passed to another agency.'),
      madeOn: day('Day on which it was made, as far as may be seen.'),
    }),
  },
  table: ['of', 'programmeId', 'scheduledOn', 'dueOn', 'heldOn', 'state', 'attendanceRequested'],
  propose: proposeAnchors(anchors, { ahead: true, days: 'none' }),
  hasOwn: ownAnchors(anchors),
  row: reviewRow,
  matches: isChosen,
  order: reviewOrder,
});
