// Who waits for a voucher that this agency, or the data manager, could give (sharing-matrix.md, W4, W6). Pure.
import type { AgencySlug } from '#kernel';
import type { FileStanding } from '#learner-file';
import { FULL, waitingTies } from '#learners';
import { knownIn, type LearnerAtMoment, type AccessContext } from '../decide-answer.ts';
import type { Reader } from '../reader.ts';

export interface WaitingParty {
  readonly agency: AgencySlug;
  /** What it would be, were somebody to vouch for it. */
  readonly relationships: readonly string[];
}

const VOUCHERS = ['connexions', 'local-authority'] as const;
/** Where the learner lives, the data manager alone confirms. */
const RESIDENCE = 'resident-area';

export const mayVouch = ({ roles }: Pick<Reader, 'roles'>): boolean => VOUCHERS.some((role) => roles.includes(role));

const waitingOf = ({ standing, file }: FileStanding, agency: AgencySlug): readonly string[] =>
  waitingTies(standing, agency, file.learner.knownTo.includes(agency));

/** Nothing where the agency cannot vouch. `parties`: all who have to do with the learner. */
export const waitingParties = (context: AccessContext, parties: readonly AgencySlug[]): readonly WaitingParty[] => {
  const known = knownIn(context);
  const { slug } = context.reader;
  if (!mayVouch(context.reader) || known.levelOf(slug) !== FULL) return [];
  return parties.flatMap((agency) => {
    const relationships = known.standing.same(agency, slug) ? [] : waitingOf(known, agency).filter((name) => name !== RESIDENCE);
    return relationships.length > 0 && context.inForce.agency(agency) ? [{ agency, relationships }] : [];
  });
};

/** All of them, for the data manager. */
export const allWaitingParties = (moment: LearnerAtMoment, parties: readonly AgencySlug[]): readonly WaitingParty[] => {
  const known = knownIn(moment);
  return parties.flatMap((agency) => {
    const relationships = waitingOf(known, agency);
    return relationships.length > 0 && moment.inForce.agency(agency) ? [{ agency, relationships }] : [];
  });
};
