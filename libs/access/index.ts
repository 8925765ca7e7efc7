export * from './bearer-tokens.ts';
export * from './client-assertions.ts';
export * from './access.service.ts';
