// Rebuilds a signed message from what was kept of it and checks the signature, byte for byte (ADR 0005).
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { type BatchEvidence, type Evidence, joined, messageDigest, signingInput, type VerificationKey } from './evidence.ts';

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
