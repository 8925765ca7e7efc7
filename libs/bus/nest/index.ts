export * from './handling.handlers.ts';
export * from './use-cases.service.ts';
