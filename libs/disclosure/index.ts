export type * from './answer.ts';
export * from './decide-answer.ts';
export * from './disclosure-log.ts';
export * from './decision-record.ts';
export * from './gate.ts';
export * from './in-force.ts';
export { ItemReader } from './item-reader.ts';
export * from './page-cursors.ts';
export * from './replay.ts';
