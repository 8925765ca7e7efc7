// Risk assessments of workplaces, made once for all who place young people (views.md, S18; E2E p. 23).
import { code, day, text, thingList } from '../lists/index.ts';
import { isChosenWorkplace, WORKPLACE_STATES, workplaceOrder, type WorkplaceRow, workplaceRow } from './workplaces.answer.ts';
import { proposeWorkplaces } from './workplaces.query.ts';
import { workplacesView } from './workplaces.view.ts';

export const workplaceList = thingList<WorkplaceRow>({
  name: 'workplaces',
  says: 'The last risk assessment of each workplace by each agency, valid for 12 months where nothing else is said.',
  view: workplacesView,
  purposes: ['match-placement'],
  items: { anchor: ['workplace.risk-assessed'], beside: [] },
  filters: {
    employer: { says: 'Employer, however it is spelled.' },
    area: { says: 'Area of the workplace.' },
    state: { says: 'Whether it still holds.', codes: WORKPLACE_STATES },
  },
  fields: {
    employer: text('Employer.'),
    employerId: text('Id that the assessing agency gave the employer.'),
    area: text('Area of the workplace.'),
    on: day('Day of the assessment.'),
    result: text('What was found.'),
    outcome: text('Whether it is suitable, suitable with conditions, or not.'),
    by: text('Slug of the agency that assessed it.'),
    validUntil: day('Last day on which it holds.'),
    state: code(WORKPLACE_STATES, 'Whether it still holds.'),
  },
  table: ['employer', 'area', 'on', 'outcome', 'validUntil', 'state', 'by'],
  propose: proposeWorkplaces,
  row: workplaceRow,
  matches: isChosenWorkplace,
  order: workplaceOrder,
});
