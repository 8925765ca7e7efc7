// RFC 8725 3.1–3.11 and 3.12: the header chooses among what is allowed, never what is trusted.
import { LRUCache } from 'lru-cache';
import { err, ok, type Result } from '#kernel';
import { type JsonFault, parseStrictJson } from '#strict-text';
import { decodeBase64url } from './base64url.ts';
import { type JwsFault, type JwsFaultCode, jwsFault } from './jws-fault.ts';

export type JwsAlgorithm = 'EdDSA' | 'ES256';

export interface ProtectedHeader {
  readonly alg: JwsAlgorithm;
  /** As it stands there: a key is looked up by it, nothing else. */
  readonly kid: string;
  /** Judged once the signer is known. */
  readonly cty: unknown;
}

type Members = Readonly<Record<string, unknown>>;

const EMBEDDED = ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256'];
const CRITICAL = ['crit', 'b64'];

/** In this order; the first that holds refuses the message. */
const refusals: readonly (readonly [JwsFaultCode, (header: Members) => boolean])[] = [
  ['algorithm', ({ alg }) => alg !== 'EdDSA' && alg !== 'ES256'],
  ['embedded-key', (header) => EMBEDDED.some((name) => Object.hasOwn(header, name))],
  ['critical-header', (header) => CRITICAL.some((name) => Object.hasOwn(header, name))],
  ['unknown-key', ({ kid }) => typeof kid !== 'string'],
];

const FORM: Readonly<Record<JsonFault, JwsFaultCode>> = {
  'not-json': 'header-not-json',
  'too-deep': 'header-not-json',
  'duplicate-member': 'header-duplicate-member',
  'escaped-name': 'header-escaped-name',
};

export const readHeader = (protectedB64: string): Result<ProtectedHeader, JwsFault> => {
  const bytes = decodeBase64url(Buffer.from(protectedB64, 'latin1'));
  if (!bytes) return err(jwsFault('not-base64url'));
  const parsed = parseStrictJson(bytes);
  if (!parsed.ok) return err(jwsFault(FORM[parsed.error]));
  const { value } = parsed.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err(jwsFault('header-not-json'));
  const header = value as Members;
  const refusal = refusals.find(([, refuses]) => refuses(header));
  if (refusal) return err(jwsFault(refusal[0]));
  return ok({ alg: header['alg'] as JwsAlgorithm, kid: header['kid'] as string, cty: header['cty'] });
};

/** Which key a header that was accepted once names. */
export const kidIn = (protectedB64: string): string | undefined => {
  const header = readHeader(protectedB64);
  return header.ok ? header.value.kid : undefined;
};

/** An agency sends the same header with every message: it is read once. Headers that are refused are not kept. */
export class HeaderReader {
  readonly #read = new LRUCache<string, ProtectedHeader>({ max: 1024 });

  read(protectedB64: string): Result<ProtectedHeader, JwsFault> {
    const known = this.#read.get(protectedB64);
    if (known) return ok(known);
    const header = readHeader(protectedB64);
    if (header.ok) this.#read.set(protectedB64, header.value);
    return header;
  }
}
