export type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
export { Admission, type Admitted, type BookmarksOf } from './admission.ts';
export type { LinkConflict, OutboxContent } from './outbox.ts';
export { DataManager, type TieToConfirm } from './data-manager.ts';
export { type EventToJudge, MAX_EVENT_BYTES } from './checks/form-checks.ts';
export { type RejectionCode, rejectionProblem } from './checks/rejections.ts';
export { REJECTION_CODES, rejectionsTable } from './checks/table.ts';
export { type ConfirmingTies, confirmTies, type TieSaid, type TiesSaid } from './confirm-ties.ts';
export { type Existing, placed, positionText, type Receipt, redactedFor, type UnplacedReceipt } from './receipts.ts';
