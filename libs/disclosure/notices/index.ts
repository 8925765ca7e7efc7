export { NotifyRecipientsWhenRightsTakeEffect, type NotifyParts } from './notify-recipients.ts';
export { noticedItems, type OpenNotice, OpenNotices } from './open-notices.ts';
