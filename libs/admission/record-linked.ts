// Records registrations and corrections: they alone link identifiers to learners (contracts.md, Registering; sharing-matrix.md, W7).
import { randomUUID } from 'node:crypto';
import type { Notes } from '#contribution';
import type { NewEvent } from '#event-store';
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
  sealAliased,
  standingOf,
  withLink,
} from '#learner-file';
import { hasUln, type Link, type Linked, matchKey, type PersonalDetails } from '#learners';
import type { Place } from '#privacy';
import { type Contributed, recordAboutLearner } from './recording.ts';
import { lacksOf, levelOf } from './sender-standing.ts';
import { lookOf, type Session } from './session.ts';
import type { Accepted } from './verdict.ts';

export interface LinkedWith {
  readonly linking: Linked;
  readonly details: Partial<PersonalDetails>;
}

export const recordLinked = (session: Session, contributed: Contributed, { linking, details }: LinkedWith): Accepted => {
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

/** Nobody else can know the random id yet: its streams are empty, and each time that it is judged again it is another. */
const newLearner = ({ draft, streams }: Session): LearnerId => {
  const id = randomUUID();
  draft.begin(streams.files, learnerStream(id));
  draft.begin(streams.heads, disclosureStream(id));
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
