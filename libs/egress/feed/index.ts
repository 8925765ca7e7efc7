export * from './feed-item-event.ts';
export * from './feed-ledger.ts';
export * from './feed-notice.ts';
export * from './feed-observer.ts';
export * from './feed-record.ts';
export { type FeedHealth, type FeedLimits, type FeedParts, FeedRunner } from './feed-runner.ts';
export * from './feed-sealer.ts';
export * from './feed-transport.ts';
export { InFlight } from './in-flight.ts';
