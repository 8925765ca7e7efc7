export { answersLearner, isPutTo, wasAsked } from './asked.ts';
export { type AlreadyCaptured, type ExistingAssessment, folded } from './assessment.decide.ts';
export {
  type AssessmentStatus,
  everyRecordItem,
  hasContributed,
  itemsSince,
  type Lens,
  type RecordItem,
  recordItems,
  type Rectification,
  rectificationsIn,
} from './items.ts';
export { decideRecord, isRecordType, type RecordOutcome, type RecordType } from './decide.ts';
export { initialRecord, type RecordState } from './entries.ts';
export { type Moment, momentsIn } from './record.ts';
export { hiddenFromLearner, wasWithheld, type Withholding, withholdingsIn } from './withheld.ts';
export { categoryIn, evolveRecord, isWithheld } from './record.ts';
export type { Counts, Knowledge, KnownItem, View } from './references.ts';
