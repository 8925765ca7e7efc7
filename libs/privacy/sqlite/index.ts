export * from './sqlite-vault.ts';
