// RFC 7515 7.1: three parts, two dots. Nothing is parsed here, only cut and decoded.
import { err, ok, type Result } from '#kernel';
import { decodeBase64url } from './base64url.ts';
import { type JwsFault, jwsFault } from './jws-fault.ts';

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
