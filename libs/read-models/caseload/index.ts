export { caseload } from './caseload.list.ts';
