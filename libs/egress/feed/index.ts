export * from './feed-form.ts';
export * from './feed-ledger.ts';
export * from './feed-observer.ts';
export { FeedBacklog } from './feed-backlog.ts';
export type { FeedHealth, FeedLimits } from './feed-health.ts';
export { type FeedParts, FeedRunner } from './feed-runner.ts';
export { FEED_KEY_TYPE, type FeedKeyInUse, FeedSealer, type FeedSealerParts, NoEncryptionKey } from './feed-messages.ts';
export * from './feed-transport.ts';
export { InFlight } from './pending-learners.ts';
