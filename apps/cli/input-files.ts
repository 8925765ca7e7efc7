// Files that commands are given.
import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import { Complaint } from './complaint.ts';
import type { Context } from './context.ts';

/** `-` is standard input. */
export const readText = async (context: Pick<Context, 'readInput'>, file: string): Promise<string> =>
  file === '-' ? context.readInput() : readFileSync(file, 'utf8');

export const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Complaint(`${what} is not valid JSON.`);
  }
};

export const readJson = (file: string): unknown => parseJson(readFileSync(file, 'utf8'), file);

/** A key as a JWK; whether it is of the right kind is judged by whoever uses it. */
export const readJwk = (file: string): JWK => {
  const value = readJson(file);
  if (typeof value !== 'object' || value === null || !('kty' in value)) throw new Complaint(`${file} holds no key: give a JWK file, as \`concordat keygen\` makes it.`);
  return value as JWK;
};
