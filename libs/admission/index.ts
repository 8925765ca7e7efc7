export type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
export { Admission } from './admission.ts';
export { type EventToJudge, MAX_EVENT_BYTES } from './contribution-form.ts';
export * from './receipt.ts';
