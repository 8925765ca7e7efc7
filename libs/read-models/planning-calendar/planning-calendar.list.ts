// Days that matter to whoever plans, in their order (views.md, S19).
import { code, count, day, text, texts, workedOut } from '../lists/index.ts';
import { partnershipList } from '../partnerships/index.ts';
import { undertakingList } from '../undertakings/index.ts';
import { planningDates, type PlanningDateRow, STATES, WHAT } from './planning-calendar.answer.ts';

export const planningCalendar = workedOut<PlanningDateRow>({
  name: 'planning/calendar',
  says: 'By when partnerships plan, and what agreements on planning ask of their parties by the calendar: meetings, consultations.',
  about: 'counts',
  source: partnershipList,
  things: [undertakingList],
  purposes: ['plan-provision'],
  filters: {
    from: { says: 'On that day or later.', period: 'day' },
    to: { says: 'On that day or before.', period: 'day' },
    state: { says: 'Whether it is still to come, or to be done.', codes: STATES },
  },
  fields: {
    on: day('The last day for it.'),
    what: code(WHAT, 'What the day is.'),
    says: text('In words.'),
    partnership: text('Whose plan closes.'),
    protocol: text('Id of the agreement that asks for it.'),
    duty: text('Id of the undertaking within it.'),
    agencies: texts('Members of the partnership; of an undertaking, whose turn it is, or who did it.'),
    state: code(STATES, 'Ahead and passed: of a day; open, overdue and done: of an undertaking.'),
    daysLeft: count('Days until then; null of what is over, done or overdue.'),
  },
  table: ['on', 'what', 'says', 'partnership', 'agencies', 'state', 'daysLeft'],
  rows: planningDates,
});
