export { type NotifyParts, NotifyRecipientsWhenConsentWithdrawn } from './notify-recipients.ts';
