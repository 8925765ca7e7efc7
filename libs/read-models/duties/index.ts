export { isOverdueIn } from './duties.answer.ts';
