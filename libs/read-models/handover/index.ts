export { handover } from './handover.document.ts';
