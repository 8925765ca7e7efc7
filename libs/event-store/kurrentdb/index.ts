export { KurrentEventStore, type KurrentEventStoreOptions, type RemotePatience } from './kurrent-event-store.ts';
