// Applications to places of learning (views.md, S8).
import {
  anchorsOf,
  code,
  count,
  day,
  flag,
  group,
  groups,
  IDENTITY,
  list,
  personFields,
  ownAnchors,
  proposeAnchors,
  text,
} from '../lists/index.ts';
import {
  ANSWERS,
  APPLICATION_STATES,
  applicationOrder,
  type ApplicationRow,
  applicationRow,
  type ChoiceRow,
  isChosen,
  type PlacedRow,
} from './applications.answer.ts';

const anchors = anchorsOf('applications', 1, { 'application.submitted': (_, toldOn) => toldOn });

export const applications = list<ApplicationRow>({
  name: 'applications',
  says: 'Applications that name the asking agency, that it sent, or that it brokers for its residents, with what was answered.',
  view: anchors.view,
  purposes: ['match-provision', 'guarantee-place'],
  items: {
    anchor: ['application.submitted'],
    beside: [...IDENTITY, 'application.placed', 'offer.made', 'offer.accepted', 'offer.declined'],
  },
  filters: {
    cohort: { says: 'Year of the September in which the places begin.', period: 'year' },
    state: { says: 'What has become of it.', codes: APPLICATION_STATES },
    agency: { says: 'Slug of an agency chosen.' },
    from: { says: 'Sent on that day or later.', period: 'day' },
    to: { says: 'Sent on that day or before.', period: 'day' },
  },
  fields: {
    applicationId: text("The sender's id for it."),
    ...personFields,
    dateOfBirth: day('Date of birth.'),
    cohort: text('Year in which the first of the places begins.'),
    submittedOn: day('Day on which it was sent.'),
    by: text('Slug of the agency that sent it.'),
    choices: groups<ChoiceRow>('Places chosen; to a place chosen that one alone.', {
      rank: count('Place in the order of preference, to the sender and the broker.'),
      agency: text('Slug of the agency.'),
      provision: text('Its provision.'),
      answer: code(ANSWERS, 'What it answered last, where that may be seen.'),
    }),
    placed: group<PlacedRow>('Where the learner was placed.', {
      agency: text('Slug of the agency.'),
      provision: text('Its provision.'),
      startsOn: day('First day.'),
    }),
    state: code(APPLICATION_STATES, 'Unplaced: every place chosen was declined.'),
    due: day('Four weeks after it was sent.'),
    overdue: flag('Whether a place chosen has not answered by then, of whoever has none.'),
  },
  table: ['familyName', 'givenName', 'submittedOn', 'by', 'choices_agency', 'choices_answer', 'state'],
  propose: proposeAnchors(anchors),
  hasOwn: ownAnchors(anchors),
  row: applicationRow,
  matches: isChosen,
  order: applicationOrder,
});
