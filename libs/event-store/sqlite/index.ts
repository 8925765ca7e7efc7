export type { FollowedPlace, ReplicaOf } from './followed-table.ts';
export type { AskedAppend, Judgement } from './group-judge.ts';
export { SqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store.ts';
export { type BesideEvents, type FollowedEntry, type ReplicaFound, SqliteReplica } from './sqlite-replica.ts';
