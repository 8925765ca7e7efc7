export * from './concluded.ts';
export * from './projector.ts';
export { RowChanges, type ViewFailure, type ViewFailureCode } from './follower.ts';
export * from './projection-engine.ts';
export * from './rebuild.ts';
export * from './row-query.ts';
export * from './table-shape.ts';
export * from './view-store.ts';
