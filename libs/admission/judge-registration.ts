// Registrations and corrections: they alone link identifiers to learners (contracts.md, Registering; sharing-matrix.md, W7).
import { randomUUID } from 'node:crypto';
import { type Contribution, type Notes, tooMuchTold } from '#contribution';
import type { NewEvent } from '#event-store';
import type { AgencySlug, LearnerId } from '#kernel';
import {
  aliasKey,
  disclosureStream,
  emptyFile,
  type FileStanding,
  IDENTIFIER_LINKED,
  type IdentifierLinked,
  type LearnerFile,
  learnerStream,
  MATCH_KEY_SEEN,
  type MatchKeySeen,
  matchStream,
  NO_STREAM,
  sealAliased,
  standingOf,
  withLink,
} from '#learner-file';
import {
  type Candidate,
  correctionIdentifiers,
  decideCorrection,
  decideRegistration,
  hasUln,
  type Link,
  type Linking,
  matchKey,
  type PersonalDetails,
  registrationIdentifiers,
  statedBy,
  type Statement,
  ulnSuppliedBy,
} from '#learners';
import type { Place } from '#privacy';
import { type Contributed, recordAboutLearner } from './recording.ts';
import { lacksOf, levelOf } from './sender-standing.ts';
import { lookOf, type Session, toTell } from './session.ts';
import { rejected, type Verdict } from './verdict.ts';

export const judgeRegistration = (
  session: Session,
  contributed: Contributed,
  contribution: Contribution<'learner.registered'>,
): Verdict => {
  const { uln, localId } = registrationIdentifiers(contribution);
  const [byLocal] = candidatesFor(session, `local:${localId}`);
  const byUln = uln === undefined ? [] : candidatesFor(session, `uln:${uln}`);
  const linking = decideRegistration(contribution, { ...(byLocal && { byLocal }), byUln });
  const own = [byLocal, ...byUln].find((one) => one !== undefined && isOwn(one, { linking, byLocal, uln, source: contribution.source }));
  const refusal = own && tooMuchTold(fileOf(session, own.id).pace, toTell(session, contribution));
  return refusal ? rejected(refusal.rejection) : linked(session, contributed, { linking, details: contribution.data });
};

interface Found {
  readonly linking: Linking;
  readonly byLocal: Candidate | undefined;
  readonly uln: string | undefined;
  readonly source: AgencySlug;
}

/**
 * Whose registration it is, where the sender linked that identifier to the learner before:
 * a bound on others would tell whom a guessed number names.
 */
const isOwn = ({ id, state }: Candidate, { linking, byLocal, uln, source }: Found): boolean =>
  linking.outcome === 'accepted' &&
  linking.learner === id &&
  (byLocal?.id === id || (uln !== undefined && ulnSuppliedBy(state, source) === uln));

export const judgeCorrection = (
  session: Session,
  contributed: Contributed,
  { contribution, standing }: { readonly contribution: Contribution<'learner.corrected'>; readonly standing: FileStanding },
): Verdict => {
  const { uln, localId } = correctionIdentifiers(contribution);
  const { id, learner: state } = standing.file;
  const [byLocal] = localId === undefined ? [] : namedBy(session, `local:${localId}`);
  const byUln = uln === undefined ? [] : namedBy(session, `uln:${uln}`);
  const own = statedBy(standing.standing, contribution.source);
  const linking = decideCorrection(contribution, { learner: { id, state }, own, ...(byLocal === undefined ? {} : { byLocal }), byUln });
  return linked(session, contributed, { linking, details: { ...detailsIn(own), ...contribution.data } });
};

const namedBy = (session: Session, subject: string): readonly LearnerId[] =>
  session.streams.candidates(session.draft, session.agency.slug, subject);

const candidatesFor = (session: Session, subject: string): readonly Candidate[] =>
  namedBy(session, subject).map((id) => {
    const { file, standing } = standingOf(lookOf(session), id);
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

interface ToLink {
  readonly linking: Linking;
  readonly details: Partial<PersonalDetails>;
}

const linked = (session: Session, contributed: Contributed, { linking, details }: ToLink): Verdict => {
  if (linking.outcome === 'rejected')
    return { ...rejected(linking.rejection), ...(linking.between === undefined ? {} : { between: linking.between }) };
  const known = linking.learner;
  const learner = known ?? newLearner(session);
  const accepted = recordAboutLearner(session, learner, contributed, {
    category: 'identity',
    notes: known === undefined ? { alias: randomUUID() } : notesFor(session, known),
  });
  for (const link of linking.links) linkTo(session, { learner, link, beside: linking.beside });
  noteMatchKey(session, learner, details);
  return accepted;
};

/** Whoever registers a learner whom nobody registered is the founder, and stands. */
const notesFor = (session: Session, learner: LearnerId): Notes => lacksOf(levelOf(standingOf(lookOf(session), learner), session.agency));

const fileOf = ({ draft, streams }: Session, id: LearnerId): LearnerFile => draft.get(streams.files, learnerStream(id)).state;

/**
 * Nobody else can know the random id yet: its streams are empty without a look at the store,
 * and each time that judging begins anew it is another.
 */
const newLearner = ({ streams }: Session): LearnerId => {
  const id = randomUUID();
  const stream = learnerStream(id);
  streams.files.put(stream, { state: emptyFile(stream), revision: NO_STREAM });
  streams.heads.put(disclosureStream(id), { state: null, revision: NO_STREAM });
  return id;
};

interface NewLink {
  readonly learner: LearnerId;
  readonly link: Link;
  readonly beside: readonly LearnerId[];
}

const linkTo = (session: Session, { learner, link, beside }: NewLink): void => {
  const { draft, streams, agency } = session;
  const isUln = link.kind === 'uln';
  const stream = streams.streamOf(isUln ? { uln: link.value } : { agency: agency.slug, localId: link.value });
  const payload = { learner, agency: agency.slug, ...(isUln && beside.length > 0 ? { beside } : {}) };
  draft.add(
    streams.identifiers,
    stream,
    (revision) => aliasedEvent(session, { stream, revision, type: IDENTIFIER_LINKED }, payload),
    (links) => withLink(links, payload),
  );
};

/** Same name, date of birth and postcode, and one of the two without a ULN: perhaps one person, for the data manager to say. */
const noteMatchKey = (session: Session, learner: LearnerId, details: Partial<PersonalDetails>): void => {
  const { draft, streams, vault } = session;
  const key = matchKey(details);
  if (key === undefined) return;
  const stream = matchStream(vault.blind('match', key));
  const withUln = hasUln(fileOf(session, learner).learner);
  const seen = draft.get(streams.matches, stream).state;
  const known = seen.filter((one) => one.learner === learner).flatMap(({ suspects }) => suspects);
  const suspects = seen.flatMap((one) =>
    one.learner === learner || (one.hasUln && withUln) || known.includes(one.learner) ? [] : [one.learner],
  );
  const noted = { learner, hasUln: withUln, suspects: [...new Set(suspects)] };
  draft.add(
    streams.matches,
    stream,
    (revision) => aliasedEvent(session, { stream, revision, type: MATCH_KEY_SEEN }, noted),
    (held) => [...held, noted],
  );
};

/** With a correlation of its own: that of the message would lead from an identifier to the learner's stream. */
const aliasedEvent = (session: Session, place: Place, value: IdentifierLinked | MatchKeySeen): NewEvent => {
  const { alias } = fileOf(session, value.learner).learner;
  return {
    id: randomUUID(),
    type: place.type,
    meta: { actor: 'broker', correlation: randomUUID(), schema: 1, ...aliasKey(alias) },
    payload: sealAliased(session.vault, alias, place, value),
  };
};
