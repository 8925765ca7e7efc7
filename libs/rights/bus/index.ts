export * from './rights.handlers.ts';
