export * from './memory-used-assertions.ts';
