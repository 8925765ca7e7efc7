// All that feeds rest on beside the learners: where it changes, every learner has to be looked at anew.
import { createHash } from 'node:crypto';
import { type AgencySlug, londonDate } from '#kernel';
import { LINK_ADVISERS } from '#learner-file';
import type { GateParts } from './gate-parts.ts';

/** Protocols in force with their parties, agencies with roles and districts, who can be reached, and link advisers; as a digest. */
export const feedTerms = async (
  { streams, registers, clock }: Pick<GateParts, 'streams' | 'registers' | 'clock'>,
  reachable: ReadonlySet<AgencySlug>,
): Promise<string> => {
  const { state: linkAdvisers } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const { decisions, agencies } = registers.inForce(londonDate(clock.now()));
  const terms = {
    protocols: decisions.inForce.map(({ document, parties }) => [document.id, document.version, [...parties].sort()]),
    agencies: agencies.map(({ slug, roles, districts }) => [slug, roles, districts, reachable.has(slug)]),
    linkAdvisers: [...linkAdvisers],
  };
  return createHash('sha256').update(JSON.stringify(terms)).digest('base64url');
};
