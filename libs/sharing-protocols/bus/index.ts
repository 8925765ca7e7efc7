export * from './protocols.handlers.ts';
