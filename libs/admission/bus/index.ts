export * from './admission.handlers.ts';
export type { NotSettled } from '../not-settled.ts';
export type { MatchSettled } from '../settle-match.ts';
