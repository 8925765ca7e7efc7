// Registrations and corrections, which alone link identifiers to learners: whom they name, and how that is recorded (W7).
import type { Contribution, Notes } from '#contribution';
import type { AgencySlug, LearnerId } from '#kernel';
import {
  aliasKey,
  disclosureStream,
  fileAt,
  type FileStanding,
  homeIn,
  IDENTIFIER_LINKED,
  type IdentifierLinked,
  type LearnerFile,
  learnerStream,
  MATCH_KEY_SEEN,
  type MatchKeySeen,
  standingOf,
  whoIs,
  whomItMeans,
  withLink,
} from '#learner-file';
import {
  type Candidate,
  correctionIdentifiers,
  decideCorrection,
  decideRegistration,
  hasUln,
  type Link,
  type Linked,
  type Linking,
  matchKeys,
  type PersonalDetails,
  registrationIdentifiers,
  statedBy,
  type Statement,
  ulnSuppliedBy,
} from '#learners';
import type { PlainEvent } from '#unit-of-work';
import { type AcceptedVerdict, lookupOf, type Session } from './session.ts';
import type { LinkedIds } from './messages-seen.ts';
import { type Contributed, recordAboutLearner } from './recording.ts';
import { lacksOf, levelOf } from './learner-rules.ts';

// Whose registration or correction it is, and what it links: decided by whom its identifiers name, before anything is recorded.

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

// Records registrations and corrections: they alone link identifiers to learners (contracts.md, Registering; sharing-matrix.md, W7).

export interface LinkedWith {
  readonly linking: Linked;
  readonly details: Partial<PersonalDetails>;
}

export const recordLinked = (session: Session, contributed: Contributed, { linking, details }: LinkedWith): AcceptedVerdict => {
  const ids = contributed.judged.newIds.linked;
  if (!ids) throw new Error('Only registrations and corrections link identifiers: no ids were drawn for this event.');
  const known = linking.learner;
  const learner = known === undefined ? newLearner(session, ids) : homeOf(session, known, contributed);
  const accepted = recordAboutLearner(session, learner, contributed, {
    category: 'identity',
    home: learner,
    notes: known === undefined ? { alias: ids.alias } : notesFor(session, known),
  });
  const { links, beside } = linking;
  for (const [place, link] of links.entries()) linkTo(session, { learner, link, beside, ids: ids.own[place] as OwnIds });
  for (const [place, key] of matchKeys(details, schoolOf(session.agency)).entries())
    noteMatchKey(session, { learner, key, ids: ids.own[links.length + place] as OwnIds });
  return accepted;
};

/** Of several whose records are one: the one whom the sender's own identifiers name, or the number. */
const homeOf = ({ streams, draft, agency }: Session, known: LearnerId, { formed: { event } }: Contributed): LearnerId => {
  const { state: file } = fileAt(streams, draft, known);
  const { localId, uln } = event.data;
  const named = [
    event.subject,
    ...(typeof localId === 'string' ? [`local:${localId}`] : []),
    ...(typeof uln === 'string' ? [`uln:${uln}`] : []),
  ];
  return homeIn(streams, draft, file, { agency: agency.slug, subjects: named });
};

/** Whoever registers a learner whom nobody registered is the founder, and stands. */
const notesFor = (session: Session, learner: LearnerId): Notes => lacksOf(levelOf(standingOf(lookupOf(session), learner), session.agency));

const fileOf = ({ draft, streams }: Session, id: LearnerId): LearnerFile => draft.get(streams.files, learnerStream(id)).state;

/** Nobody else can know the random id yet: its streams are empty, until this is appended. */
const newLearner = ({ draft, streams }: Session, { learner: id }: LinkedIds): LearnerId => {
  draft.begin(streams.files, learnerStream(id));
  draft.begin(streams.heads, disclosureStream(id));
  return id;
};

type OwnIds = LinkedIds['own'][number];

interface NewLink {
  readonly learner: LearnerId;
  readonly ids: OwnIds;
  readonly link: Link;
  readonly beside: readonly LearnerId[];
}

const linkTo = (session: Session, { learner, link, beside, ids }: NewLink): void => {
  const { draft, streams, agency } = session;
  const isUln = link.kind === 'uln';
  const stream = streams.streamOf(isUln ? { uln: link.value } : { agency: agency.slug, localId: link.value });
  const payload = { learner, agency: agency.slug, ...(isUln && beside.length > 0 ? { beside } : {}) };
  draft.add(streams.identifiers, stream, aliasedEvent(session, ids, IDENTIFIER_LINKED, payload), (links) => withLink(links, payload));
};

interface ToCompare {
  readonly learner: LearnerId;
  readonly key: string;
  readonly ids: OwnIds;
}

/** Where a school tells of its pupils. */
export const schoolOf = ({ slug, roles }: Session['agency']): AgencySlug | undefined => (roles.includes('school') ? slug : undefined);

/** Alike in what makes the key, and one of the two without a ULN: perhaps one person, for the data manager to say. */
const noteMatchKey = (session: Session, { learner, key, ids }: ToCompare): void => {
  const { draft, streams } = session;
  const stream = streams.matchStreamOf(key);
  const withUln = hasUln(fileAt(streams, draft, learner).state.learner);
  const seen = draft.get(streams.matches, stream).state;
  const known = seen.filter((one) => one.learner === learner).flatMap(({ suspects }) => suspects);
  const suspects = seen.flatMap((one) =>
    whoIs(streams, draft, one.learner) === whoIs(streams, draft, learner) || (one.hasUln && withUln) || known.includes(one.learner)
      ? []
      : [one.learner],
  );
  const noted = { learner, hasUln: withUln, suspects: [...new Set(suspects)] };
  draft.add(streams.matches, stream, aliasedEvent(session, ids, MATCH_KEY_SEEN, noted), (held) => [...held, noted]);
};

/** With a correlation of its own: that of the message would lead from an identifier to the learner's stream. */
const aliasedEvent = (
  session: Session,
  { event: id, correlation }: OwnIds,
  type: string,
  value: IdentifierLinked | MatchKeySeen,
): PlainEvent => {
  const { alias } = fileOf(session, value.learner).learner;
  return { id, type, meta: { actor: 'broker', correlation, schema: 1, ...aliasKey(alias) }, content: { json: value } };
};
