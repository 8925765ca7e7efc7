export * from './upkeep.handlers.ts';
