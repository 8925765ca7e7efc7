export { type AuditInquiry, auditLearner } from './audit-learner.ts';
export type { AuditedDecision, AuditedItem, AuditedPermit, AuditedRefusal } from './audited-decision.ts';
