export type { ProvisionRow } from './provision.answer.ts';
export { provisionList } from './provision.list.ts';
