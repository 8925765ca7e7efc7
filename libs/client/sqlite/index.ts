export { SqliteCopy } from './sqlite-copy.ts';
