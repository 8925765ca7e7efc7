export { Inbox, type InboxFigures, type InboxParts } from './inbox.ts';
export {
  type Aside,
  type InboxBatch,
  type InboxMessage,
  type MessageSource,
  type MessageTaker,
  type OpenPartition,
  type Partition,
  partitionName,
} from './message-source.ts';
export { Outbox, type OutboxParts } from './outbox.ts';
export { INBOX_FAULTS, type InboxFaultCode, MessageReader, type MessageReaderParts } from './read-message.ts';
export { type Chunk, inboxHandlers, RECORDING_CHUNKS, recordChunk, type RecordParts, TakeInChunk } from './record-chunk.ts';
export * from './receipts-channel.ts';
export { ReceiptsSender, type SenderObserver } from './receipts-sender.ts';
export { Backoff, Changes, inTime, pause, within } from './waiting.ts';
