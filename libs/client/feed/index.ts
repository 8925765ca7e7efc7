export { type Acknowledgement, acknowledge, acknowledgementOf, type SendEvents } from './acknowledge.ts';
export {
  DUTY_PREFIX,
  type FeedChange,
  type FeedItem,
  type FeedRecord,
  FEED_KEY_PREFIX,
  FEED_KEY_TYPE,
  NOTICE_PREFIX,
  type NoticeData,
  type OverdueDutyData,
} from './feed-item.ts';
export { FeedReader, type FeedReaderOptions } from './feed-reader.ts';
export { type CopyChange, isAnotherTopic, type LocalCopy, MemoryCopy, type Place, type Progress } from './local-copy.ts';
