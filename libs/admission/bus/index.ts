export * from './admission.handlers.ts';
export type { MatchSettled, NotSettled } from '../settle-match.ts';
