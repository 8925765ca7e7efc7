export * from './referral.decide.ts';
