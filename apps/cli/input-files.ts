// Files that commands are given.
import type { JWK } from 'jose';
import { readJsonFile, readTextFile, textOf } from '#strict-text';
import { Complaint } from './complaint.ts';
import type { Context } from './context.ts';

/** `-` is standard input. */
export const readText = async (context: Pick<Context, 'readInput'>, file: string): Promise<string> =>
  file === '-' ? textOf(await context.readInput(), 'Standard input') : readTextFile(file);

/** A key as a JWK; whether it is of the right kind is judged by whoever uses it. */
export const readJwk = (file: string): JWK => {
  const value = readJsonFile(file);
  if (typeof value !== 'object' || value === null || !('kty' in value))
    throw new Complaint(`${file} holds no key: give a JWK file, as \`concordat keygen\` makes it.`);
  return value as JWK;
};
