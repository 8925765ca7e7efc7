export { NotifyRecipientsWhenRightsTakeEffect, type NotifyParts } from './notify-recipients.ts';
export { type Cause, issueErasureNotices, type IssueParts } from './issue-notices.ts';
