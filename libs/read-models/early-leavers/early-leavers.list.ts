// Early leavers (views.md, S10).
import { anchorsOf, code, count, day, flag, group, groups, IDENTITY, list, personFields, proposeAnchors, text } from '../lists/index.ts';
import { REASON_GROUPS } from '../states/index.ts';
import {
  type Achieved,
  type DestinationNow,
  isByDue,
  isChosen,
  LEAVER_STATES,
  type LeaverFollowUp,
  leaverOrder,
  type LeaverRow,
  leaverRow,
  type ReEngaged,
} from './early-leavers.answer.ts';

const anchors = anchorsOf('early-leavers', 1, { 'programme.left-early': ({ leftOn }) => leftOn });

export const earlyLeavers = list<LeaverRow>({
  name: 'early-leavers',
  says: 'Learners who left a programme early: when, why, and what came of them since.',
  view: anchors.view,
  purposes: ['track-participation'],
  items: {
    anchor: ['programme.left-early'],
    beside: [
      ...IDENTITY,
      'programme.started',
      'programme.moved-on',
      'follow-up.made',
      'achievement.recorded',
      'destination.recorded',
      'learner.adviser-assigned',
      'learner.adviser-ended',
    ],
  },
  filters: {
    provider: { says: 'Slug of the agency that was left.' },
    from: { says: 'Left on that day or later.', period: 'day' },
    to: { says: 'Left on that day or before.', period: 'day' },
    first12: { says: 'Whether within the first twelve weeks.', codes: ['true', 'false'] },
    reason: { says: 'Reason, or group of reasons.' },
    state: { says: 'What came of it.', codes: LEAVER_STATES },
  },
  fields: {
    ...personFields,
    of: text('Slug of the agency that was left.'),
    programmeId: text('Its id for the programme.'),
    kind: text('Kind, such as e2e.'),
    startedOn: day('First day, as far as it may be seen.'),
    leftOn: day('Day of leaving.'),
    week: count('Week of the programme, from 1.'),
    first12: flag('Whether within the first twelve weeks.'),
    reason: text('Reason, where it may be seen.'),
    reasonGroup: code(REASON_GROUPS, 'Group of the reason.'),
    note: text('What the agency noted.'),
    achieved: groups<Achieved>('What was achieved there by then, or within 90 days.', { title: text('Title.'), level: text('Level.') }),
    followUp: group<LeaverFollowUp>('For whoever advises the learner, or sees it made.', {
      due: day('Last day, counted from the one on which it became known.'),
      madeOn: day('Day on which it was made.'),
      state: code(['open', 'overdue', 'discharged'], 'Discharged: made.'),
    }),
    reEngaged: group<ReEngaged>('The first programme begun since that may be seen.', {
      on: day('First day.'),
      kind: text('Kind.'),
      of: text('Slug of the agency that runs it.'),
    }),
    stillOn: flag('Whether another programme went on.'),
    destinationNow: group<DestinationNow>('What the learner does.', {
      group: text('Group of activities.'),
      from: day('Since when.'),
      verifiedOn: day('Day on which it was verified.'),
    }),
    daysOut: count('Days until the next programme, or until now.'),
    adviser: text('Name of the adviser.'),
    late: flag('Whether it was told more than two weeks after.'),
    state: code(LEAVER_STATES, 'What came of it, as far as may be seen.'),
  },
  table: ['familyName', 'givenName', 'of', 'leftOn', 'week', 'reasonGroup', 'state'],
  propose: async (views, asked) => proposeAnchors(anchors, { everybody: ['funder'], newestFirst: !isByDue(asked.chosen) })(views, asked),
  row: leaverRow,
  matches: isChosen,
  order: leaverOrder,
});
