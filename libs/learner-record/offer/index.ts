export * from './offer.decide.ts';
