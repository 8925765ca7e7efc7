export { Admission, type AdmissionParts, type VerifiedMessage } from './admission.ts';
export { type EventToJudge, MAX_EVENT_BYTES } from './contribution-form.ts';
export * from './receipt.ts';
