import { agencyOf, type AgencySlug } from '#kernel';
import type { SignedEvent } from './content.ts';
import { type JwsFault, jwsFault } from './jws-fault.ts';

/**
 * The fault of a message that holds an event of anybody but the agency whose key signed it (401), or undefined. An event that names no
 * source at all claims nothing of another: its envelope is at fault, and admission tells its sender so.
 */
export const sourcesOwnedBy = (agency: AgencySlug, events: readonly SignedEvent[]): JwsFault | undefined =>
  events.some(({ value: { source } }) => typeof source === 'string' && agencyOf(source) !== agency)
    ? jwsFault('foreign-source')
    : undefined;
