// Why a message is not taken. Form that keeps it from being read is 400, whatever keeps it from being attributed is 401, and content
// is judged last (message-verifier.ts). The sentences say what to do and quote nothing of the message.
export type JwsFaultCode = keyof typeof MESSAGE_FAULTS;

export interface JwsFault {
  readonly code: JwsFaultCode;
  readonly status: 400 | 401 | 413;
  readonly says: string;
}

/** Status and sentence by code. */
export const MESSAGE_FAULTS = {
  'message-too-large': [413, 'A message is at most 1 MiB: split the batch.'],

  'not-compact': [
    400,
    'Send a JWS in compact form (RFC 7515 section 7.1): header, payload and signature, joined by two dots, and nothing else.',
  ],
  'not-base64url': [400, 'Each part must be canonical base64url (RFC 7515 section 2): no padding, no white space, unused bits zero.'],
  'header-not-json': [400, 'The protected header must be a JSON object in UTF-8, of at most 4 KiB.'],
  'header-duplicate-member': [400, 'A member of the protected header stands there twice: name each once.'],
  'header-escaped-name': [400, 'The names of the members of the protected header must be written without escapes.'],

  algorithm: [401, 'Sign with EdDSA (Ed25519) or ES256, and say so in `alg`.'],
  'embedded-key': [
    401,
    'The header must not carry or point to a key (`jwk`, `jku`, `x5u`, `x5c`, `x5t`): register it, and name it by `kid`.',
  ],
  'critical-header': [401, 'No extension of the header is supported: leave `crit` and `b64` out.'],
  'unknown-key': [401, '`kid` must be the RFC 7638 thumbprint of a signing key that your agency registered and that is in force now.'],
  'key-mismatch': [401, 'The registered key is not one for this algorithm: EdDSA needs an Ed25519 signing key, ES256 a P-256 one.'],
  signature: [401, 'The signature does not fit: sign the exact bytes sent; an ES256 signature is r and s, 32 bytes each, not DER.'],
  'foreign-source': [401, "Each event's `source` must be urn:concordat:agency: and the slug of the agency whose key signed the message."],

  'content-type': [400, '`cty` must be cloudevents+json for one event or cloudevents-batch+json for an array of them.'],
  'content-not-json': [
    400,
    'The payload must be I-JSON (RFC 7493): UTF-8 without byte order mark, valid JSON, finite numbers, no lone surrogates.',
  ],
  'content-duplicate-member': [400, 'An object in the payload has two members of one name: name each once.'],
  'content-escaped-name': [
    400,
    'The names of members must be written without escapes: all names of the catalogue are plain letters and digits.',
  ],
  'content-too-deep': [400, 'The payload is nested more than 64 levels deep: flatten it.'],
  'not-events': [400, 'The payload must be one JSON object, or with cloudevents-batch+json an array of objects.'],
  'too-many-events': [400, 'A batch holds at most 500 events: split it.'],
} as const satisfies Readonly<Record<string, readonly [JwsFault['status'], string]>>;

export const jwsFault = (code: JwsFaultCode): JwsFault => ({ code, status: MESSAGE_FAULTS[code][0], says: MESSAGE_FAULTS[code][1] });
