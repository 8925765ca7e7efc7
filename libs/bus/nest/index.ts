export * from './use-cases.service.ts';
export * from './use-cases.module.ts';
