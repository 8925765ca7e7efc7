export * from './agencies.handlers.ts';
