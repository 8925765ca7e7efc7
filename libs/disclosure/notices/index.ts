export { NotifyRecipientsWhenRightsTakeEffect, type NotifyParts } from './notify-recipients.ts';
