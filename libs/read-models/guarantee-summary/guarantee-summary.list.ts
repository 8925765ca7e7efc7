// The Guarantee in figures, for the weekly meeting (views.md, S9; QPID study 90, 4.18).
import { GUARANTEE_STATES, guarantee } from '../guarantee/index.ts';
import { code, count, day, flag, list, text, workedOut } from '../lists/index.ts';
import { type DayState, dayStates, type SummaryRow, summaryRows } from './guarantee-summary.answer.ts';

const { view, purposes, items, isOneAPerson = true } = guarantee;
const { cohort = { says: '' }, 'year-group': yearGroup = { says: '' }, school = { says: '' } } = guarantee.filters;
const filters = {
  cohort,
  'year-group': yearGroup,
  school,
  weekly: { says: 'A row for each Monday since the September before.', codes: ['true'] },
};
const name = 'guarantee/summary';

/** Recorded under the name of the summary: each learner is looked at once, for however many days. */
const states = list<DayState>({
  name,
  says: 'How each stands on each of the days.',
  view,
  isOneAPerson,
  purposes,
  items,
  filters,
  fields: {
    day: day('The day.'),
    state: code(GUARANTEE_STATES, 'How the learner stands.'),
    attention: flag('Whether that wants attention.'),
    school: text('School that the learner is with.'),
  },
  table: ['day', 'state'],
  propose: (views, asked) => guarantee.propose(views, asked),
  row: dayStates,
  matches: (row, chosen) => (chosen['school'] ?? row.school) === row.school,
  order: () => 0,
});

export const guaranteeSummary = workedOut<SummaryRow>({
  name,
  says: 'How many young people on the guarantee list stand how, today or Monday by Monday.',
  about: 'counts',
  source: states,
  purposes,
  filters,
  fields: {
    on: day('The day.'),
    learners: count('All of them.'),
    inLearning: count('In learning.'),
    accepted: count('Accepted an offer.'),
    placed: count('Placed by a broker.'),
    offerHeld: count('Hold an offer.'),
    offerNotSuitable: count('Declined an offer as not suitable.'),
    declinedAll: count('Declined every offer.'),
    applied: count('Applied.'),
    noApplication: count('Have none of these.'),
    attention: count('Of whom that wants attention.'),
    deadline: day('By when everybody of the cohort is to have an offer.'),
  },
  table: ['on', 'learners', 'inLearning', 'accepted', 'placed', 'offerHeld', 'applied', 'noApplication', 'attention'],
  rows: ({ rows, on, chosen, guaranteeBy }) => summaryRows({ on, chosen, partnership: { guaranteeBy } }, rows),
});
