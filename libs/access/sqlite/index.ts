export * from './sqlite-used-assertions.ts';
