// Who waits for a voucher that this agency could give (sharing-matrix.md, W6). Pure.
import type { AgencySlug } from '#kernel';
import { UNCONFIRMED_ENROLMENT, relationshipBits } from '#sharing-protocols';
import { relationshipsIn, type Standing } from '../decide-answer.ts';

export interface WaitingParty {
  readonly agency: AgencySlug;
  /** What it would be, were somebody to vouch for it. */
  readonly relationships: readonly string[];
}

const VOUCHERS = ['connexions', 'local-authority'] as const;
/** By any of them it stands with the learner. */
const STANDS = relationshipBits(['resident-area', 'adviser-for', 'referred-to']);

export const mayVouch = ({ agency: { roles } }: Pick<Standing, 'agency'>): boolean => VOUCHERS.some((role) => roles.includes(role));

/** Nothing where the agency cannot vouch. `parties`: all who have to do with the learner. */
export const waitingParties = (standing: Standing, parties: readonly AgencySlug[]): readonly WaitingParty[] => {
  if (!mayVouch(standing) || (relationshipsIn(standing) & STANDS) === 0) return [];
  const waits = (slug: AgencySlug): boolean => {
    const agency = standing.inForce.agency(slug);
    return agency !== undefined && (relationshipsIn({ ...standing, agency }) & UNCONFIRMED_ENROLMENT) !== 0;
  };
  return parties.filter((slug) => slug !== standing.agency.slug && waits(slug)).map((agency) => ({ agency, relationships: ['enrolled-with'] }));
};
