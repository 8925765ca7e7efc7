// All that feeds rest on beside the learners, and whom a change of it can touch (ADR 44).
import { createHash } from 'node:crypto';
import { type AgencySlug, londonDate } from '#kernel';
import { LINK_ADVISERS } from '#learner-file';
import { changedDecisions, type DecisionTable } from '#sharing-protocols';
import type { FeedSketch } from './feed-sketch.ts';
import type { FeedGround } from './feed-snapshot.ts';
import type { GateParts } from './gate-parts.ts';

export interface FeedTerms {
  /** Another text whenever anything of the terms is another. */
  readonly digest: string;
  /** Where everything stood that they were read from. */
  readonly ground: FeedGround;
  readonly decisions: DecisionTable;
  /** Roles, districts and legal entities of all agencies, and link advisers: whose word counts, and who has to do with whom. */
  readonly standing: string;
  readonly reachable: ReadonlySet<AgencySlug>;
}

/** Protocols in force with their parties, agencies with roles, districts and entities, who can be reached, and link advisers. */
export const feedTerms = async (
  { streams, registers, clock }: Pick<GateParts, 'streams' | 'registers' | 'clock'>,
  reachable: ReadonlySet<AgencySlug>,
): Promise<FeedTerms> => {
  const { state: linkAdvisers, revision } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const { decisions, agencies, versions, today } = registers.inForce(londonDate(clock.now()));
  const protocols = decisions.inForce.map(({ document, parties }) => [document.id, document.version, [...parties].sort()]);
  const standing = JSON.stringify([
    agencies.map(({ slug, roles, districts, entity }) => [slug, roles, districts, entity]),
    [...linkAdvisers],
  ]);
  const digest = createHash('sha256').update(JSON.stringify([protocols, standing, [...reachable].sort()]));
  return { digest: digest.digest('base64url'), ground: { versions, today, linkAdvisers: revision }, decisions, standing, reachable };
};

/** Whether feeds that were decided under the terms before may be others now. */
export type IsTouched = (sketch: FeedSketch) => boolean;

export const everybody: IsTouched = () => true;

/** Never fewer than those whose feeds change. Who stands, and what consents count for, is worked out from a learner's file alone. */
export const touchedBetween = (before: FeedTerms, after: FeedTerms): IsTouched => {
  if (before.standing !== after.standing) return everybody;
  const changed = changedDecisions(before.decisions, after.decisions);
  const hasTurned = (recipient: AgencySlug): boolean => before.reachable.has(recipient) !== after.reachable.has(recipient);
  return ({ recipients, sources, categories }) => {
    const items = { sources: new Set(sources), categories: new Set(categories) };
    return recipients.some((recipient) => hasTurned(recipient) || changed.touches(recipient, items));
  };
};
