export { type OverdueDuty, overdueIn } from './duties.answer.ts';
export { aboutGroup } from './duties.list.ts';
