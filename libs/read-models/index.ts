export * from './capture-once/index.ts';
export * from './data-quality/index.ts';
export * from './disclosures/index.ts';
export * from './engine/index.ts';
export * from './holdings/index.ts';
export * from './notices/index.ts';
export * from './ties/index.ts';
export { allProjectors } from './all-views.ts';
