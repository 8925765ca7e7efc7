export { type Connection, connectionOf } from './connection-string.ts';
export { KurrentEventStore, type KurrentEventStoreOptions, type RemotePatience } from './kurrent-event-store.ts';
