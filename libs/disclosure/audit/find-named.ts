// One box for all that an officer may have in hand: a reference to a learner, a consent, a position, an event's or a receipt's id, a member
// of staff. The word is recorded blind, and what is none and what is not theirs are told alike (console.md, /dpo/find).
import { agencyOfOffice, recordedAs } from '#access';
import type { RecordedEvent } from '#event-store';
import { type AgencySlug, type LearnerId, londonDate, type Position, sourceOf } from '#kernel';
import { learnerOfDisclosures, learnerOfStream } from '#learner-file';
import { lookAtSeveral } from '../looks/index.ts';
import { NamedLearners } from '../named-learners.ts';
import { consentsKnown, type LearnerAudited } from './audit-consents.ts';
import { whoIsNow } from './audit-learner.ts';
import type { AsOfParts } from './as-of.ts';
import { shortTypeOf } from './decisions-seen.ts';
import { type Candidate, consentCalled, type FoundThing, staffCalled, type ToFind } from './find-candidate.ts';
import { indexed, MOST_FOUND } from './find-indexed.ts';

export type FoundHere = FoundThing & LearnerAudited;

export type Found =
  | { readonly outcome: 'not-permitted'; readonly position: Position }
  | {
      readonly outcome: 'answered';
      readonly found: readonly FoundHere[];
      /** There is more by that name than is told. */
      readonly more: boolean;
      readonly position: Position;
    };

export const findNamed = async (parts: AsOfParts, asked: ToFind): Promise<Found> => {
  const { asker, query } = asked;
  const candidates = await candidatesFor(parts, asked);
  const parameters = { query: parts.vault.blind('ref', `${recordedAs(asker)}\n${query}`) };
  const learners = candidates.map(({ learner }) => learner);
  const looked = await lookAtSeveral(parts, { asker, asked: 'find', parameters, learners });
  if (looked.outcome !== 'answered') return looked;
  const { about, position } = looked;
  const found = await Promise.all(
    candidates.map(async ({ learner, thing }) => {
      const known = about.has(learner) ? await consentsKnown(parts, asker, learner) : undefined;
      const named = known && thing(known);
      return known && named && { ...known.named, ...named };
    }),
  );
  const told = distinct(found.flatMap((one) => one ?? []));
  return { outcome: 'answered', found: told.slice(0, MOST_FOUND), more: told.length > MOST_FOUND, position };
};

/** What one word names in two ways is one thing. */
const distinct = (found: readonly FoundHere[]): readonly FoundHere[] => [
  ...new Map(found.map((one) => [JSON.stringify(one), one])).values(),
];

const candidatesFor = async (parts: AsOfParts, asked: ToFind): Promise<readonly Candidate[]> => {
  const named = new NamedLearners(parts);
  const ofStaffOrConsent = asked.learner === undefined ? indexed(parts, asked) : withLearner(named, asked);
  const found = await Promise.all([learnersNamed(named, asked), ofStaffOrConsent, eventsNamed(parts, asked)]);
  const candidates = await Promise.all(
    found.flat().map(async ({ learner, thing }) => ({ learner: await whoIsNow(parts, learner), thing })),
  );
  return candidates.filter(({ learner }, place) => candidates.findIndex((other) => isSame(other, candidates[place], learner)) === place);
};

/** A reference that leads to one learner by two ways is one. */
const isSame = (other: Candidate, one: Candidate | undefined, learner: LearnerId): boolean =>
  other.learner === learner && (other === one || (other.thing === aLearner && one?.thing === aLearner));

const aLearner = (): FoundThing => ({ kind: 'learner' });

const ULN = /^[0-9]{10}$/;
const NAMED = /^(?:uln:[0-9]{10}|local:.+|psn:[A-Za-z0-9_-]{22})$/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As the office's agency knows its own, beside references that say what they are. */
const refsIn = ({ asker, query }: ToFind): readonly string[] => {
  if (NAMED.test(query) || UUID.test(query)) return [query];
  const own = agencyOfOffice(asker.office) === undefined ? [] : [`local:${query}`];
  return ULN.test(query) ? [`uln:${query}`, ...own] : own;
};

const learnersNamed = async (named: NamedLearners, asked: ToFind): Promise<readonly Candidate[]> => {
  const learners = await Promise.all(refsIn(asked).map((ref) => named.byAsker(asked.asker, ref)));
  return learners.flatMap((learner) => (learner === undefined ? [] : [{ learner, thing: aLearner }]));
};

const withLearner = async (named: NamedLearners, { asker, query, learner: ref }: ToFind): Promise<readonly Candidate[]> => {
  const learner = ref === undefined ? undefined : await named.byAsker(asker, ref);
  if (learner === undefined) return [];
  return [consentCalled(query), staffCalled(query)].map((thing) => ({ learner, thing }));
};

const eventsNamed = async (parts: AsOfParts, asked: ToFind): Promise<readonly Candidate[]> => {
  const events = [...(await atPosition(parts, asked.query)), ...(await withId(parts, asked))];
  return events.flatMap((event) => candidateAt(event) ?? []);
};

const POSITION = /^[1-9][0-9]{0,14}$/;

const atPosition = async ({ store }: AsOfParts, query: string): Promise<readonly RecordedEvent[]> => {
  if (!POSITION.test(query)) return [];
  const position = Number(query);
  return (await store.readAll({ after: position - 1, limit: 1 })).filter((event) => event.position === position);
};

/** The log's own id, or the one that a receipt names: an agency's own for its message. */
const withId = async (parts: AsOfParts, { asker, query }: ToFind): Promise<readonly RecordedEvent[]> => {
  const own = agencyOfOffice(asker.office);
  const sources = own === undefined ? agenciesOf(parts) : [own];
  const ids = sources.map((agency) => parts.vault.blindId('event', `${sourceOf(agency)}\n${query}`));
  const found = await parts.store.findByIds(UUID.test(query) ? [...ids, query] : ids);
  return [...found.values()];
};

const agenciesOf = ({ registers, clock }: AsOfParts): readonly AgencySlug[] =>
  registers.inForce(londonDate(clock.now())).agencies.map(({ slug }) => slug);

const candidateAt = (event: RecordedEvent): Candidate | undefined => {
  const decidedAbout = learnerOfDisclosures(event.stream);
  if (decidedAbout !== undefined) return { learner: decidedAbout, thing: decisionAt(event.position) };
  const learner = learnerOfStream(event.stream);
  return learner === undefined ? undefined : { learner, thing: eventOf(event) };
};

const decisionAt =
  (decision: Position): Candidate['thing'] =>
  ({ seen }) =>
    seen.some(({ position, shown }) => position === decision && shown !== undefined) ? { kind: 'decision', decision } : undefined;

/** What an agency recorded is its own officer's affair; what counts, the partnership's. A consent is found as one. */
const eventOf =
  ({ position: event, type, meta }: RecordedEvent): Candidate['thing'] =>
  ({ own, events, known, affair }) => {
    const consent = affair.find(({ steps }) => steps.some((step) => step.position === event));
    if (consent !== undefined) return { kind: 'consent', consent: consent.name };
    const place = events.find(({ stored }) => stored.position === event)?.place;
    const isTold = place !== undefined && (own === undefined ? known.counts({ source: meta.actor, revision: place }) : meta.actor === own);
    return isTold
      ? { kind: 'event', event, type: shortTypeOf(type), ...(meta.category !== undefined && { category: meta.category }) }
      : undefined;
  };
