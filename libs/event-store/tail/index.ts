export * from './consumer.ts';
export { Tail, type TailParts } from './tail.ts';
export type { WindowBounds } from './window.ts';
