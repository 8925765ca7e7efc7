// Who sent a message, and which events: the same on every channel.
import { randomUUID } from 'node:crypto';
import type { VerifiedMessage } from '#admission';
import type { AgencyRegister } from '#agencies';
import { err, ok, type Result } from '#kernel';
import { evidenceOf } from '#privacy';
import { type JwsFault, jwsFault, type MessageVerifier, sourcesOwnedBy } from './jws/index.ts';

export interface AttributionParts {
  readonly verifier: MessageVerifier;
  readonly agencies: Pick<AgencyRegister, 'bySlug'>;
}

/** Rejects with `VerifyPoolError` where the signature could not be checked. */
export const attribute = async (
  { verifier, agencies }: AttributionParts,
  raw: Uint8Array,
  from: Pick<VerifiedMessage, 'channel' | 'origin'>,
): Promise<Result<VerifiedMessage, JwsFault>> => {
  const verified = await verifier.verify(raw);
  if (!verified.ok) return verified;
  const { agency: slug, events } = verified.value;
  const foreign = sourcesOwnedBy(slug, events);
  if (foreign) return err(foreign);
  const agency = agencies.bySlug(slug);
  if (!agency) return err(jwsFault('unknown-key'));
  const evidence = evidenceOf(verified.value, randomUUID());
  return ok({
    agency,
    kid: verified.value.header.kid,
    ...from,
    events: events.map((event, index) => ({ ...event, evidence: evidence[index] })),
  });
};
