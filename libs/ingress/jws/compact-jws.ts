// A JWS in compact form (RFC 7515 7.1): cut, decoded strictly, and its header read. No signature is checked here.
import { LRUCache } from 'lru-cache';
import { err, ok, type Result } from '#kernel';
import { type JsonFault, parseStrictJson } from '#strict-text';
import { type JwsFault, jwsFault, type JwsFaultCode } from './jws-fault.ts';

// Strict base64url: Buffer takes both alphabets, passes over what is neither, and drops unused bits.

/** Characters at a time: strings beyond 128 KiB are slow to make (they bypass the young generation). A multiple of four. */
const PIECE = 65_536;

/** The bytes, or undefined unless this is their one canonical encoding (RFC 4648 sections 3.5 and 5, without padding). */
export const decodeBase64url = (encoded: Uint8Array): Buffer | undefined => {
  const source = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const bytes = Buffer.allocUnsafeSlow(decodedLength(source.length));
  for (let at = 0; at < source.length; at += PIECE) {
    const text = source.toString('latin1', at, at + PIECE);
    if (!decodePiece(text, bytes, (at / 4) * 3)) return undefined;
  }
  return source.length % 4 !== 1 && endsCanonically(source, bytes) ? bytes : undefined;
};

const decodedLength = (characters: number): number => Math.floor((characters * 3) / 4);

/** Whatever is passed over is missing from the length, save where a single character is left over. */
const decodePiece = (text: string, bytes: Buffer, at: number): boolean =>
  !text.includes('+') && !text.includes('/') && bytes.write(text, at, 'base64url') === decodedLength(text.length);

const endsCanonically = (source: Buffer, bytes: Buffer): boolean => {
  const groups = Math.max(0, Math.ceil(bytes.length / 3) - 1);
  return bytes.toString('base64url', groups * 3) === source.toString('latin1', groups * 4);
};

// RFC 7515 7.1: three parts, two dots. Nothing is parsed here, only cut and decoded.

export const MAX_MESSAGE_BYTES = 1_048_576;
/** It is read before anybody is known to have signed it. */
const MAX_HEADER_CHARACTERS = 5462; // 4 KiB decoded

export interface CompactForm {
  readonly protectedB64: string;
  readonly signatureB64: string;
  readonly payload: Buffer;
  readonly signature: Buffer;
  /** ASCII(header . payload): a view of the message. */
  readonly signingInput: Uint8Array;
}

const DOT = 0x2e;

export const cutCompact = (message: Uint8Array): Result<CompactForm, JwsFault> => {
  if (message.byteLength > MAX_MESSAGE_BYTES) return err(jwsFault('message-too-large'));
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const first = bytes.indexOf(DOT);
  const second = bytes.indexOf(DOT, first + 1);
  if (first < 0 || second < 0 || bytes.includes(DOT, second + 1)) return err(jwsFault('not-compact'));
  if (first > MAX_HEADER_CHARACTERS) return err(jwsFault('header-not-json'));
  const signature = decodeBase64url(bytes.subarray(second + 1));
  const payload = decodeBase64url(bytes.subarray(first + 1, second));
  if (!signature || !payload) return err(jwsFault('not-base64url'));
  return ok({
    protectedB64: bytes.toString('latin1', 0, first),
    signatureB64: bytes.toString('latin1', second + 1),
    payload,
    signature,
    signingInput: bytes.subarray(0, second),
  });
};

// RFC 8725 3.1–3.11 and 3.12: the header chooses among what is allowed, never what is trusted.

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
