// Where the root key comes from: the environment, or a file that its owner alone may read.
import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

// Every other key comes from the root key by HKDF-SHA-256 (RFC 5869), each for one purpose alone (ADR 0004).

/** 256 random bits, from which all of a broker's keys follow. */
export type RootKey = KeyObject;

const KEY_BYTES = 32;
const SCHEME = 'concordat/v1';

export const rootKeyOf = (bytes: Uint8Array): RootKey => {
  if (bytes.byteLength !== KEY_BYTES) throw new RangeError('A root key has 32 bytes.');
  return createSecretKey(bytes);
};

/** Names each part with its length, so that no two different lists read alike (netstrings, lengths in UTF-16 units). */
export const unambiguous = (...parts: readonly string[]): string => parts.map((part) => `${part.length}:${part}`).join('');

/** A 256-bit key for the purpose that these words name. */
export const deriveKey = (root: RootKey, ...purpose: readonly string[]): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', root, '', unambiguous(SCHEME, ...purpose), KEY_BYTES)));

export interface RootKeySource {
  /** CONCORDAT_ROOT_KEY: 32 bytes as base64url, without padding. It wins over the file. */
  readonly encoded?: string | undefined;
  readonly file: string;
  /** Makes the file with random bytes when there is none. */
  readonly create: boolean;
}

export type RootKeyErrorCode = 'malformed' | 'readable-by-others' | 'missing' | 'unreadable';

export class RootKeyError extends Error {
  override readonly name = 'RootKeyError';
  readonly code: RootKeyErrorCode;

  constructor(code: RootKeyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const OTHERS = 0o077;
const FORM = '32 bytes as base64url, 43 characters without padding';

/** Throws `RootKeyError`, whose message says which source is wrong, why and what to do. */
export const loadRootKey = ({ encoded, file, create }: RootKeySource): RootKey => {
  if (encoded !== undefined) return parse(encoded, 'CONCORDAT_ROOT_KEY');
  const text = read(file);
  if (text !== undefined) return parse(text.trimEnd(), file);
  if (!create) {
    throw new RootKeyError('missing', `There is no root key: set CONCORDAT_ROOT_KEY or put ${FORM} into ${file}.`);
  }
  makeFile(file);
  return loadRootKey({ file, create: false });
};

const parse = (text: string, where: string): RootKey => {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length === 32 && bytes.toString('base64url') === text) return rootKeyOf(bytes);
  throw new RootKeyError('malformed', `The root key in ${where} is malformed: it must be ${FORM}.`);
};

const read = (file: string): string | undefined => {
  try {
    const mode = statSync(file).mode & 0o777;
    if ((mode & OTHERS) === 0) return readFileSync(file, 'latin1');
    const shown = mode.toString(8).padStart(3, '0');
    throw new RootKeyError(
      'readable-by-others',
      `The root key file ${file} has mode ${shown}: others may use it. Run chmod 600 on it, or make a new key.`,
    );
  } catch (cause) {
    if (cause instanceof RootKeyError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new RootKeyError('unreadable', `The root key file ${file} cannot be read: see to its owner and mode (600).`, { cause });
  }
};

/** Whole or not at all, and never over a key that another process has just made. */
const makeFile = (file: string): void => {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString('base64url')}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    closeSync(handle);
    unlinkSync(draft);
  }
  syncFolder(dirname(file));
};

const syncFolder = (folder: string): void => {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
