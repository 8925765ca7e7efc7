export {
  type AlreadyCaptured,
  type AssessmentStatus,
  type ExistingAssessment,
  type Rectification,
  rectificationsIn,
} from './assessment/index.ts';
export { decideRecord, isRecordType, type RecordOutcome, type RecordType } from './decide.ts';
export { initialRecord, type RecordState } from './entries.ts';
export { categoryIn } from './head.ts';
export { everyRecordItem, hasContributed, type Lens, type RecordItem, recordItems } from './items.ts';
export { evolveRecord, isWithheld } from './record.ts';
export type { Counts, Knowledge, KnownItem, View } from './references.ts';
