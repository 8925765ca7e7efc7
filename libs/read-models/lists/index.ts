export * from './anchors.ts';
export * from './filters.ts';
export * from './fields.ts';
export * from './flat-rows.ts';
export * from './list.ts';
export * from './periods.ts';
export * from './seen-items.ts';
export * from './things.ts';
