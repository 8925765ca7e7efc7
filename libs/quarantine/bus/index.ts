export * from './quarantine.handlers.ts';
