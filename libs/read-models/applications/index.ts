export type { ApplicationRow, ChoiceRow } from './applications.answer.ts';
export { applications } from './applications.list.ts';
