export * from './sqlite-quarantine.ts';
