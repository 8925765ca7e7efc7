export * from './admission.handlers.ts';
