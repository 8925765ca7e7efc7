// The latest listed first.
import { proposalsFrom } from '../lists/index.ts';
import { vacancies, vacanciesView } from './vacancies.view.ts';

export const proposeVacancies = proposalsFrom({
  view: vacanciesView,
  table: vacancies,
  order: ['listed_on', 'vacancy', 'source'],
  newestFirst: true,
  anchor: 'listed',
  beside: ['filled'],
});
