export * from './access.service.ts';
export * from './asker.ts';
export * from './assertion-faults.ts';
export * from './bearer-tokens.ts';
export * from './client-assertions.ts';
export * from './external-tokens.ts';
export type { UsedAssertions } from './used-assertions.ts';
