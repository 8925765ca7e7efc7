export { type CohortAsked, cohortOf, GUARANTEE_STATES, type GuaranteeState, guaranteeRow } from './guarantee.answer.ts';
export { guarantee } from './guarantee.list.ts';
