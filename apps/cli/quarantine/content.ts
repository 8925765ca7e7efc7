// What was sent, as text.
import { decodePayload } from '#privacy';
import type { Quarantined } from '#quarantine';

/** A message is a JWS as it came; an event is its JSON. Says so where it was erased. */
export const contentOf = (kind: Quarantined['kind'], content: Uint8Array | undefined): string => {
  if (content === undefined) return '(erased)';
  return Buffer.from(kind === 'event' ? decodePayload(content).bytes : content).toString();
};
