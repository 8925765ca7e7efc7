export * from './assessment.decide.ts';
export { type AssessmentStatus, assessmentsOf } from './assessments.ts';
export { type Rectification, rectificationsIn } from './rectifications.ts';
