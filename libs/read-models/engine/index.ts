export * from './assessment-type.ts';
export type { ViewFailure, ViewFailureCode } from './follower.ts';
export type { ProjectedEvent } from './projected-event.ts';
export * from './projection-engine.ts';
export * from './projector.ts';
export * from './rebuild.ts';
export * from './row-query.ts';
export * from './table-shape.ts';
export * from './view-store.ts';
