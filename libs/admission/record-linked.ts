// Records registrations and corrections: they alone link identifiers to learners (contracts.md, Registering; sharing-matrix.md, W7).
import type { Notes } from '#contribution';
import type { LearnerId } from '#kernel';
import {
  aliasKey,
  disclosureStream,
  IDENTIFIER_LINKED,
  type IdentifierLinked,
  type LearnerFile,
  learnerStream,
  MATCH_KEY_SEEN,
  type MatchKeySeen,
  standingOf,
  withLink,
} from '#learner-file';
import { hasUln, type Link, type Linked, matchKey, type PersonalDetails } from '#learners';
import type { PlainEvent } from '#unit-of-work';
import type { LinkedIds } from './metadata.ts';
import { type Contributed, recordAboutLearner } from './recording.ts';
import { lacksOf, levelOf } from './sender-standing.ts';
import { lookupOf, type Session } from './session.ts';
import type { AcceptedVerdict } from './verdict.ts';

export interface LinkedWith {
  readonly linking: Linked;
  readonly details: Partial<PersonalDetails>;
}

export const recordLinked = (session: Session, contributed: Contributed, { linking, details }: LinkedWith): AcceptedVerdict => {
  const ids = contributed.judged.newIds.linked;
  if (!ids) throw new Error('Only registrations and corrections link identifiers: no ids were drawn for this event.');
  const known = linking.learner;
  const learner = known ?? newLearner(session, ids);
  const accepted = recordAboutLearner(session, learner, contributed, {
    category: 'identity',
    notes: known === undefined ? { alias: ids.alias } : notesFor(session, known),
  });
  const { links, beside } = linking;
  for (const [place, link] of links.entries()) linkTo(session, { learner, link, beside, ids: ids.own[place] as OwnIds });
  noteMatchKey(session, { learner, details, ids: ids.own[links.length] as OwnIds });
  return accepted;
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
  readonly details: Partial<PersonalDetails>;
  readonly ids: OwnIds;
}

/** Same name, date of birth and postcode, and one of the two without a ULN: perhaps one person, for the data manager to say. */
const noteMatchKey = (session: Session, { learner, details, ids }: ToCompare): void => {
  const { draft, streams } = session;
  const key = matchKey(details);
  if (key === undefined) return;
  const stream = streams.matchStreamOf(key);
  const withUln = hasUln(fileOf(session, learner).learner);
  const seen = draft.get(streams.matches, stream).state;
  const known = seen.filter((one) => one.learner === learner).flatMap(({ suspects }) => suspects);
  const suspects = seen.flatMap((one) =>
    one.learner === learner || (one.hasUln && withUln) || known.includes(one.learner) ? [] : [one.learner],
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
