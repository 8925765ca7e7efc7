export * from './feed-item-event.ts';
export * from './feed-notice.ts';
export * from './feed-record.ts';
export * from './feed-sealer.ts';
export * from './feed-transport.ts';
