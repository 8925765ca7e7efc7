// Registrations and corrections: they alone link identifiers to learners (contracts.md, Registering).
import { randomUUID } from 'node:crypto';
import type { Contribution } from '#contribution';
import type { LearnerId } from '#kernel';
import {
  clearPayload,
  emptyFile,
  IDENTIFIER_LINKED,
  type LearnerFile,
  learnerStream,
  MATCH_KEY_SEEN,
  matchStream,
} from '#learner-file';
import {
  correctionIdentifiers,
  decideCorrection,
  decideRegistration,
  type Found,
  type Identifiers,
  type Link,
  type Linking,
  matchKeyOf,
  registrationIdentifiers,
} from '#learners';
import { type Contributed, recordAboutLearner } from './recording.ts';
import type { Session } from './session.ts';
import { rejection, type Verdict } from './verdict.ts';

export const judgeRegistration = (session: Session, contributed: Contributed, contribution: Contribution<'learner.registered'>): Verdict => {
  const found = lookUp(session, registrationIdentifiers(contribution));
  const id = found.byLocal ?? found.byUln;
  const state = id === undefined ? undefined : fileOf(session, id).learner;
  return linked(session, contributed, decideRegistration(contribution, { ...found, ...(state === undefined ? {} : { state }) }));
};

export const judgeCorrection = (session: Session, contributed: Contributed, { contribution, learner }: { readonly contribution: Contribution<'learner.corrected'>; readonly learner: LearnerId }): Verdict => {
  const found = lookUp(session, correctionIdentifiers(contribution));
  return linked(session, contributed, decideCorrection(contribution, { ...found, learner: { id: learner, state: fileOf(session, learner).learner } }));
};

const fileOf = ({ draft, streams }: Session, id: LearnerId): LearnerFile => draft.get(streams.files, learnerStream(id)).state;

const lookUp = ({ draft, streams, agency }: Session, { uln, localId }: Identifiers): Found => {
  const byUln = uln === undefined ? undefined : draft.get(streams.identifiers, streams.streamOf({ uln })).state;
  const byLocal = localId === undefined ? undefined : draft.get(streams.identifiers, streams.streamOf({ agency: agency.slug, localId })).state;
  return { ...(byUln === undefined ? {} : { byUln }), ...(byLocal === undefined ? {} : { byLocal }) };
};

const linked = (session: Session, contributed: Contributed, linking: Linking): Verdict => {
  if (linking.outcome === 'rejected') {
    const { code, says } = linking.rejection;
    return { ...rejection(code, says), ...(linking.between === undefined ? {} : { between: linking.between }) };
  }
  const learner = linking.learner ?? newLearner(session);
  recordAboutLearner(session, learner, contributed, { category: 'identity' });
  for (const link of linking.links) linkTo(session, learner, link);
  noteMatchKey(session, learner);
  return { outcome: 'accepted', eventId: contributed.eventId, learner };
};

/** Nobody else can know the random id yet: its stream is empty without a look at the store. */
const newLearner = ({ streams }: Session): LearnerId => {
  const id = randomUUID();
  const stream = learnerStream(id);
  streams.files.put(stream, { state: emptyFile(stream), revision: -1 });
  return id;
};

const linkTo = (session: Session, learner: LearnerId, link: Link): void => {
  const { draft, streams, agency } = session;
  const stream = streams.streamOf(link.kind === 'uln' ? { uln: link.value } : { agency: agency.slug, localId: link.value });
  draft.add(streams.identifiers, stream, () => ownEvent(session, IDENTIFIER_LINKED, { learner }), () => learner);
};

/** Same name, date of birth and postcode, and one of the two without a ULN: perhaps one person, for the data manager to say. */
const noteMatchKey = (session: Session, learner: LearnerId): void => {
  const { draft, streams, vault } = session;
  const state = fileOf(session, learner).learner;
  const key = matchKeyOf(state);
  if (key === undefined) return;
  const stream = matchStream(vault.blind('match', key));
  const hasUln = state.uln !== undefined;
  const seen = draft.get(streams.matches, stream).state;
  if (seen.some((one) => one.learner === learner && one.hasUln === hasUln)) return;
  const known = seen.filter((one) => one.learner === learner).flatMap(({ suspects }) => suspects);
  const suspects = seen.flatMap((one) => (one.learner === learner || (one.hasUln && hasUln) || known.includes(one.learner) ? [] : [one.learner]));
  const noted = { learner, hasUln, suspects: [...new Set(suspects)] };
  draft.add(streams.matches, stream, () => ownEvent(session, MATCH_KEY_SEEN, noted), (held) => [...held, noted]);
};

const ownEvent = ({ correlation }: Session, type: string, value: Parameters<typeof clearPayload>[0]) => ({
  id: randomUUID(),
  type,
  meta: { actor: 'broker', correlation, schema: 1 },
  payload: clearPayload(value),
});
