export { type OverdueDuty, overdueIn } from './duties.answer.ts';
