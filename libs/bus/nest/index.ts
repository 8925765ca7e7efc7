export * from './handling.providers.ts';
export * from './use-cases.module.ts';
export * from './use-cases.service.ts';
