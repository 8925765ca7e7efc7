// What a command says when it fails: one sentence, never a stack trace, never personal data.
import { types } from 'node:util';

export const FAILED = 1;
export const MISUSED = 2;

export class Complaint extends Error {
  override readonly name = 'Complaint';
  readonly exitCode: number;

  constructor(says: string, options: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(says, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? FAILED;
  }
}

/** The command was not called as it should be. */
export const misuse = (says: string): Complaint => new Complaint(says, { exitCode: MISUSED });

/** Errors whose messages are sentences for people, without personal data. */
const SPEAKING = new Set([
  'Complaint',
  'ConfigError',
  'ConsoleSettingsError',
  'CustodyError',
  'ClientError',
  'Problem',
  'EventStoreError',
  'VaultError',
  'ViewStoreError',
  'RootKeyError',
  'UnreadableText',
  'Error',
]);

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
}

const SYSTEM: Readonly<Record<string, (error: SystemError) => string>> = {
  ENOENT: ({ path }) => `${path ?? 'A file'} does not exist.`,
  EISDIR: ({ path }) => `${path ?? 'What was given'} is a directory: give a file.`,
  ENOTDIR: ({ path }) => `${path ?? 'What was given'} is no directory.`,
  EEXIST: ({ path }) => `${path ?? 'A file'} exists already: it is not overwritten.`,
  EACCES: ({ path, port }) =>
    path === undefined
      ? `Port ${port ?? ''} may not be used: set PORT to one above 1023.`
      : `${path} may not be read or written by this user.`,
  ENOSPC: () => 'The disk is full.',
  EADDRINUSE: ({ port }) => `Port ${port ?? ''} is in use: stop what listens there, or set PORT.`,
  EADDRNOTAVAIL: ({ address }) => `${address ?? 'The address'} is no address of this machine: set HOST.`,
};

const isSystemError = (error: Error): error is SystemError => typeof (error as { code?: unknown }).code === 'string';

/** The sentence, or several where each of several settings is wrong. */
export const sentenceOf = (cause: unknown): string => {
  if (!types.isNativeError(cause)) return unforeseen('');
  const system = isSystemError(cause) ? SYSTEM[cause.code]?.(cause) : undefined;
  if (system !== undefined) return system;
  return SPEAKING.has(cause.name) && !isRaw(cause) ? cause.message : unforeseen(describe(cause));
};

/** An error of Node itself: its message was not written for people, and might quote data. */
const isRaw = (error: Error): boolean => error.name === 'Error' && isSystemError(error);

const unforeseen = (what: string): string => `This was not foreseen${what === '' ? '' : ` (${what})`}: please report it.`;

/** Class, code and place, never the message. */
const describe = (error: Error): string => {
  const place = /[\w.-]+\.[jt]s:\d+/.exec(error.stack ?? '')?.[0] ?? '';
  return [error.name, isSystemError(error) ? error.code : '', place].filter(Boolean).join(' ');
};

export const exitCodeOf = (cause: unknown): number => (cause instanceof Complaint ? cause.exitCode : FAILED);
