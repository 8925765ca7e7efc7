export * from './read-models.handlers.ts';
