export { type NotifyParts, NotifyRecipientsWhenConsentWithdrawn } from './notify-recipients.ts';
export { type OpenNotice, OpenNotices } from './open-notices.ts';
