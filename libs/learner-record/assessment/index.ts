export * from './assessment.decide.ts';
export { type AssessmentStatus, assessmentsOf } from './assessments.ts';
