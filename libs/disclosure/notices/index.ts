export { type NotifyParts, NotifyRecipientsWhenConsentWithdrawn } from './notify-recipients.ts';
export { noticedItems, type OpenNotice, OpenNotices } from './open-notices.ts';
