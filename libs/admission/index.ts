export type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
export { Admission, type Admitted, type BookmarksOf } from './admission.ts';
export type { Aftermath } from './aftermath.ts';
export { DataManager, type TieToConfirm } from './data-manager.ts';
export { type EventToJudge, MAX_EVENT_BYTES } from './contribution-form.ts';
export * from './receipt.ts';
export type { LinkConflict } from './refused.ts';
export { placed, toldTo, type UnplacedReceipt } from './tell.ts';
