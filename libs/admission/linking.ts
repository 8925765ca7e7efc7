// Whose registration or correction it is, and what it links: decided by whom its identifiers name, before anything is recorded.
import type { Contribution } from '#contribution';
import type { AgencySlug, LearnerId } from '#kernel';
import { type FileStanding, standingOf, whomItMeans } from '#learner-file';
import {
  type Candidate,
  correctionIdentifiers,
  decideCorrection,
  decideRegistration,
  type Linking,
  type PersonalDetails,
  registrationIdentifiers,
  statedBy,
  type Statement,
  ulnSuppliedBy,
} from '#learners';
import { lookupOf, type Session } from './session.ts';

export interface ToLink {
  readonly linking: Linking;
  /** By which the learner is compared with others. */
  readonly details: Partial<PersonalDetails>;
  /** The learner to whom the sender linked one of the identifiers before. */
  readonly own?: LearnerId;
}

export const registrationLinking = (session: Session, contribution: Contribution<'learner.registered'>): ToLink => {
  const { uln, localId } = registrationIdentifiers(contribution);
  const [byLocal] = candidatesFor(session, `local:${localId}`);
  const byUln = uln === undefined ? [] : candidatesFor(session, `uln:${uln}`);
  const linking = decideRegistration(contribution, { ...(byLocal && { byLocal }), byUln });
  const own = [byLocal, ...byUln].find((one) => one !== undefined && isOwn(one, { linking, byLocal, uln, source: contribution.source }));
  return { linking, details: contribution.data, ...(own && { own: own.id }) };
};

interface Found {
  readonly linking: Linking;
  readonly byLocal: Candidate | undefined;
  readonly uln: string | undefined;
  readonly source: AgencySlug;
}

/**
 * Whose registration it is, where the sender linked that identifier to the learner before: a bound on others would tell whom a
 * guessed number names.
 */
const isOwn = ({ id, state }: Candidate, { linking, byLocal, uln, source }: Found): boolean =>
  linking.outcome === 'accepted' &&
  linking.learner === id &&
  (byLocal?.id === id || (uln !== undefined && ulnSuppliedBy(state, source) === uln));

export const correctionLinking = (session: Session, contribution: Contribution<'learner.corrected'>, standing: FileStanding): ToLink => {
  const { uln, localId } = correctionIdentifiers(contribution);
  const { id, learner: state } = standing.file;
  const [byLocal] = localId === undefined ? [] : namedBy(session, `local:${localId}`);
  const byUln = uln === undefined ? [] : namedBy(session, `uln:${uln}`);
  const own = statedBy(standing.standing, contribution.source);
  const linking = decideCorrection(contribution, { learner: { id, state }, own, ...(byLocal === undefined ? {} : { byLocal }), byUln });
  return { linking, details: { ...detailsIn(own), ...contribution.data }, own: id };
};

/** By which a corrected learner will be compared with others; undefined where the subject names nobody. */
export const detailsCorrected = (
  session: Session,
  contribution: Contribution<'learner.corrected'>,
): Partial<PersonalDetails> | undefined => {
  const look = lookupOf(session);
  const learner = whomItMeans(look, session.agency.slug, contribution.subject ?? '');
  if (learner === undefined) return undefined;
  return { ...detailsIn(statedBy(standingOf(look, learner).standing, contribution.source)), ...contribution.data };
};

const namedBy = (session: Session, subject: string): readonly LearnerId[] =>
  session.streams.candidates(session.draft, session.agency.slug, subject);

const candidatesFor = (session: Session, subject: string): readonly Candidate[] =>
  namedBy(session, subject).map((id) => {
    const { file, standing } = standingOf(lookupOf(session), id);
    return { id, state: file.learner, standing };
  });

/** What the sender itself told of the person so far. */
const detailsIn = (own: readonly Statement[]): Partial<PersonalDetails> =>
  Object.fromEntries(
    (['givenName', 'familyName', 'dateOfBirth', 'postcode'] as const).flatMap((field) => {
      const told = own.findLast(({ has }) => has.has(field))?.[field];
      return told === undefined ? [] : [[field, told] as const];
    }),
  );
