// Who waits for a voucher that this agency could give (sharing-matrix.md, W6). Pure.
import type { AgencySlug } from '#kernel';
import { FULL, waitingTies } from '#learners';
import { knownIn, type Standing } from '../decide-answer.ts';

export interface WaitingParty {
  readonly agency: AgencySlug;
  /** What it would be, were somebody to vouch for it. */
  readonly relationships: readonly string[];
}

const VOUCHERS = ['connexions', 'local-authority'] as const;

export const mayVouch = ({ agency: { roles } }: Pick<Standing, 'agency'>): boolean => VOUCHERS.some((role) => roles.includes(role));

/** Nothing where the agency cannot vouch. `parties`: all who have to do with the learner. */
export const waitingParties = (standing: Standing, parties: readonly AgencySlug[]): readonly WaitingParty[] => {
  const { standing: known, file } = knownIn(standing);
  const { slug } = standing.agency;
  if (!mayVouch(standing) || known.levelOf(slug) !== FULL) return [];
  return parties.flatMap((agency) => {
    const relationships = known.same(agency, slug) ? [] : waitingTies(known, agency, file.learner.knownTo.includes(agency));
    return relationships.length > 0 && standing.inForce.agency(agency) ? [{ agency, relationships }] : [];
  });
};
