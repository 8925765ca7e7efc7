// What is kept of a signed message, so that an agency cannot deny an event later (ADR 0005). It is sealed with the event.
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';

/** A public signing key: Ed25519 (RFC 8037) or P-256 (RFC 7518). */
export interface VerificationKey {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

/** A verified JWS, in the parts of which the evidence is made. */
export interface SignedMessage {
  readonly protectedB64: string;
  readonly signatureB64: string;
  /** The exact JSON texts of its events; a single's is the whole payload. */
  readonly events: readonly { readonly bytes: Uint8Array }[];
  /** Of a batch: what stands before the first event, between them, and after the last one. Of a single: none. */
  readonly gaps: readonly Uint8Array[];
  readonly key: VerificationKey;
}

export interface SingleEvidence {
  readonly protected: string;
  readonly signature: string;
  readonly batch?: undefined;
}

export interface BatchEvidence {
  readonly protected: string;
  readonly signature: string;
  readonly batch: {
    readonly id: string;
    readonly index: number;
    readonly count: number;
    /** The bytes before this event and, with the last one, after it; base64url. */
    readonly before: string;
    readonly after?: string;
    /** `messageDigest` of the whole message, base64url. */
    readonly digest: string;
  };
}

export type Evidence = SingleEvidence | BatchEvidence;

/** The evidence for each event of a message, in order. `batch` names the message among all batches. */
export const evidenceOf = (message: SignedMessage, batch: string): readonly Evidence[] => {
  const { protectedB64, signatureB64, events, gaps } = message;
  const signed = { protected: protectedB64, signature: signatureB64 };
  if (gaps.length === 0) return [signed];
  const input = signingInput(
    protectedB64,
    joined(
      events.map(({ bytes }) => bytes),
      gaps,
    ),
  );
  const shared = { id: batch, count: events.length, digest: messageDigest(signatureB64, message.key, input) };
  return events.map((_, index) => ({
    ...signed,
    batch: {
      ...shared,
      index,
      before: base64url(gaps[index]),
      ...(index === events.length - 1 ? { after: base64url(gaps[events.length]) } : {}),
    },
  }));
};

/** gap, event, gap, … event, gap: the payload as it was signed. */
const joined = (events: readonly Uint8Array[], gaps: readonly Uint8Array[]): Buffer =>
  Buffer.concat(gaps.flatMap((gap, index) => [gap, events[index] ?? new Uint8Array()]));

/** RFC 7515 5.1. */
const signingInput = (protectedB64: string, payload: Uint8Array): Buffer =>
  Buffer.from(`${protectedB64}.${bufferOf(payload).toString('base64url')}`, 'latin1');

/**
 * The digest that the signature's own equation holds: SHA-256 of the signing input for ES256 (FIPS 186-5 6.4), SHA-512 over R, the
 * public key and the signing input for Ed25519 (RFC 8032 5.1.7). The signature can be checked against it when the message is gone.
 */
export const messageDigest = (signatureB64: string, key: VerificationKey, input: Uint8Array): string => {
  if (key.crv !== 'Ed25519') return createHash('sha256').update(input).digest('base64url');
  const r = Buffer.from(signatureB64, 'base64url').subarray(0, 32);
  return createHash('sha512')
    .update(r)
    .update(Buffer.from(key.x ?? '', 'base64url'))
    .update(input)
    .digest('base64url');
};

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const base64url = (bytes: Uint8Array | undefined): string => (bytes ? bufferOf(bytes).toString('base64url') : '');

// Rebuilds a signed message from what was kept of it and checks the signature, byte for byte (ADR 0005).

/** One event as it was opened: what it was sealed with, and its exact bytes. */
export interface EvidencePart {
  readonly evidence: Evidence;
  readonly bytes: Uint8Array;
}

/**
 * `verified`: this agency key signed exactly these bytes. `incomplete`: of a batch, the events with these indexes are missing, so the
 * message cannot be rebuilt; what the others prove then, ADR 0005 says. `refuted`: the key did not sign these bytes.
 */
export type EvidenceVerdict =
  | { readonly verdict: 'verified' }
  | { readonly verdict: 'incomplete'; readonly missing: readonly number[] }
  | { readonly verdict: 'refuted'; readonly because: 'signature' | 'digest' | 'parts-of-different-messages' };

/** `parts`: the event of a single, or those of one batch in any order, some perhaps erased. */
export const verifyEvidence = (parts: readonly EvidencePart[], key: VerificationKey): EvidenceVerdict => {
  const [first] = parts;
  if (!first) return { verdict: 'incomplete', missing: [] };
  const message = messageOf(first.evidence);
  if (parts.some(({ evidence }) => messageOf(evidence) !== message)) return refuted('parts-of-different-messages');
  if (!first.evidence.batch) return parts.length === 1 ? checked(first.evidence, first.bytes, key) : refuted('parts-of-different-messages');
  return verifyBatch(parts as readonly BatchPart[], first.evidence, key);
};

interface BatchPart extends EvidencePart {
  readonly evidence: BatchEvidence;
}

/** Equal for all parts of one message. */
const messageOf = ({ protected: header, signature, batch }: Evidence): string =>
  JSON.stringify([header, signature, batch?.id, batch?.count, batch?.digest]);

const verifyBatch = (parts: readonly BatchPart[], evidence: BatchEvidence, key: VerificationKey): EvidenceVerdict => {
  const byIndex = new Map(parts.map((part) => [part.evidence.batch.index, part]));
  const places = Array.from({ length: evidence.batch.count }, (_, index) => byIndex.get(index));
  const missing = [...places.keys()].filter((index) => !places[index]);
  if (missing.length > 0) return { verdict: 'incomplete', missing };
  const whole = places as readonly BatchPart[];
  const gaps = [...whole.map((part) => part.evidence.batch.before), whole.at(-1)?.evidence.batch.after ?? ''];
  const payload = joined(
    whole.map(({ bytes }) => bytes),
    gaps.map((gap) => Buffer.from(gap, 'base64url')),
  );
  const digest = messageDigest(evidence.signature, key, signingInput(evidence.protected, payload));
  return digest === evidence.batch.digest ? checked(evidence, payload, key) : refuted('digest');
};

const checked = (evidence: Evidence, payload: Uint8Array, key: VerificationKey): EvidenceVerdict =>
  isSignedBy(key, signingInput(evidence.protected, payload), Buffer.from(evidence.signature, 'base64url'))
    ? { verdict: 'verified' }
    : refuted('signature');

/** ES256 (r and s, 32 bytes each) or EdDSA, by the type of the key: the registered key decides, not the header. */
const isSignedBy = (jwk: VerificationKey, input: Uint8Array, signature: Uint8Array): boolean => {
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  return key.asymmetricKeyType === 'ed25519'
    ? verify(null, input, key, signature)
    : verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature);
};

const refuted = (because: Extract<EvidenceVerdict, { verdict: 'refuted' }>['because']): EvidenceVerdict => ({
  verdict: 'refuted',
  because,
});
