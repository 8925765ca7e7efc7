// Vacancies for those who place young people; what a provider tells of one never reaches its competitors (views.md, S17; QPID 90, 5.11).
import { code, day, flag, text, thingList } from '../lists/index.ts';
import { isChosenVacancy, VACANCY_STATES, vacancyOrder, type VacancyRow, vacancyRow } from './vacancies.answer.ts';
import { proposeVacancies } from './vacancies.query.ts';
import { vacanciesView } from './vacancies.view.ts';

export const vacancyList = thingList<VacancyRow>({
  name: 'vacancies',
  says: 'Vacancies that are open, or were filled in the last 28 days.',
  view: vacanciesView,
  purposes: ['match-placement'],
  items: { anchor: ['vacancy.listed'], beside: ['vacancy.filled'] },
  filters: {
    area: { says: 'Area of the vacancy.' },
    occupation: { says: 'Words of its title.' },
    state: { says: 'Whether it is still open.', codes: VACANCY_STATES },
  },
  fields: {
    vacancyId: text('Id that its source gave it.'),
    of: text('Slug of the agency that listed it.'),
    employer: text('Employer.'),
    title: text('What the work is.'),
    area: text('Where.'),
    listedOn: day('Day on which it was listed last.'),
    state: code(VACANCY_STATES, 'Whether it is still open.'),
    filledOn: day('Day on which it was told to be filled or withdrawn.'),
    stale: flag('Open for more than 90 days.'),
    confidential: flag('Told to one agency alone.'),
  },
  table: ['listedOn', 'title', 'employer', 'area', 'state', 'of'],
  propose: proposeVacancies,
  row: vacancyRow,
  matches: isChosenVacancy,
  order: vacancyOrder,
});
