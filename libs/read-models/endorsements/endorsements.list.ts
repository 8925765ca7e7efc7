// Endorsements, queries of them and their answers (views.md, S4).
import { ADVISERS } from '#duties';
import { anchorsOf, list, ownAnchors, proposeAnchors } from '../lists/index.ts';
import { endorsementOrder, endorsementRow, isChosen } from './endorsements.answer.ts';
import { ENDORSEMENT_STATES, endorsementFields, type EndorsementRow } from '../documents/index.ts';

const anchors = anchorsOf('endorsements', 1, { 'endorsement.given': (_, toldOn) => toldOn });

export const endorsements = list<EndorsementRow>({
  name: 'endorsements',
  says: 'What learners are expected to reach on a programme, who doubts it, and what they reached.',
  view: anchors.view,
  purposes: ['plan-learning', 'support-learner'],
  items: {
    anchor: ['endorsement.given'],
    beside: [
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
  },
  filters: {
    state: { says: 'Whether somebody doubts it.', codes: ENDORSEMENT_STATES },
    provider: { says: 'Slug of the agency that runs the programme, or that doubts it.' },
    from: { says: 'Given on that day or later.', period: 'day' },
    to: { says: 'Given on that day or before.', period: 'day' },
  },
  fields: endorsementFields,
  table: ['endorsementId', 'programmeKind', 'expectedLevel', 'by', 'givenOn', 'state', 'due'],
  propose: proposeAnchors(anchors, { everybody: ['funder'], newestFirst: true }),
  hasOwn: ownAnchors(anchors),
  row: endorsementRow,
  matches: isChosen,
  order: endorsementOrder,
});
