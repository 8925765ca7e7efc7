// Endorsements, queries of them and their answers (views.md, S4).
import { anchorsOf, code, day, group, groups, list, proposeAnchors, text, texts } from '../lists/index.ts';
import { endorsementOrder, type EndorsementRow, endorsementRow, isChosen, type Reached } from './endorsements.answer.ts';
import { ENDORSEMENT_STATES, type EndorsementAnswerRow, type QueryRow } from '../documents/index.ts';

const anchors = anchorsOf('endorsements', 1, { 'endorsement.given': (_, toldOn) => toldOn });

export const endorsements = list<EndorsementRow>({
  name: 'endorsements',
  says: 'What learners are expected to reach on a programme, who doubts it, and what they reached.',
  view: anchors.view,
  purposes: ['plan-learning', 'support-learner'],
  items: {
    anchor: ['endorsement.given'],
    beside: ['endorsement.queried', 'endorsement.answered', 'programme.started', 'achievement.recorded', 'assessment.recorded'],
  },
  filters: {
    state: { says: 'Whether somebody doubts it.', codes: ENDORSEMENT_STATES },
    provider: { says: 'Slug of the agency that runs the programme, or that doubts it.' },
    from: { says: 'Given on that day or later.', period: 'day' },
    to: { says: 'Given on that day or before.', period: 'day' },
  },
  fields: {
    endorsementId: text("The service's id for it."),
    programmeKind: text('For which kind of programme.'),
    expectedLevel: text('Level expected when it was given.'),
    supportNeeds: texts('Support that the learner needs, where that may be seen.'),
    basedOn: texts('Ids of the assessments on which it rests.'),
    givenOn: day('Day on which it was given.'),
    by: text('Slug of the agency that gave it.'),
    provider: text('Slug of the agency that began such a programme since, where that may be seen.'),
    queried: groups<QueryRow>('Doubts.', { reason: text('Why.'), by: text('Slug of the agency.'), on: day('Day.') }),
    answer: group<EndorsementAnswerRow>('The last answer.', {
      outcome: text('Upheld or revised.'),
      expectedLevel: text('The revised level.'),
      on: day('Day.'),
    }),
    reached: group<Reached>('What the learner reached there, where that may be read.', { level: text('Level.'), on: day('Day.') }),
    state: code(ENDORSEMENT_STATES, 'Overdue: a doubt is unanswered for more than two weeks.'),
    due: day('Last day to answer.'),
  },
  table: ['endorsementId', 'programmeKind', 'expectedLevel', 'by', 'givenOn', 'state', 'due'],
  propose: proposeAnchors(anchors, { everybody: ['funder'], newestFirst: true }),
  row: endorsementRow,
  matches: isChosen,
  order: endorsementOrder,
});
