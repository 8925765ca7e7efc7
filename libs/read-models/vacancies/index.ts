export type { VacancyRow } from './vacancies.answer.ts';
export { vacancyList } from './vacancies.list.ts';
