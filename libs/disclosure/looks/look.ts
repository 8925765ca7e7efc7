// A look at what the broker keeps beside the learners' records: decided and recorded, and only then is anything opened.
import { type Asker, askerRecorded, recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import { LINK_ADVISERS, missingFile } from '#learner-file';
import { relationshipBits } from '#sharing-protocols';
import type { Draft, Missing } from '#unit-of-work';
import {
  type DecisionIds,
  drawIds,
  isAnother,
  learnerAt,
  type Moment,
  momentOf,
  readerAt,
  requireAsSeen,
  staffOf,
  versionsAt,
} from '../moment.ts';
import { isRelated, knownIn, type LearnerAtMoment } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import { isPost, type Reader } from '../in-force.ts';
import { pastOf, type PastParts } from '../past.ts';
import { groundFor, isOwnQuestion, type LookName } from './look-grounds.ts';
import { type LookDecided, lookEvent, lookStream } from './look-record.ts';

export interface LookInquiry {
  readonly asker: Asker;
  readonly asked: LookName;
  readonly parameters: LookDecided['parameters'];
  /** The one learner whom it is about. */
  readonly about?: LearnerId;
}

export type Look<Told> =
  | { readonly outcome: 'answered'; readonly told: Told; readonly position: Position }
  | { readonly outcome: 'not-permitted'; readonly position: Position };

/** `tell` is called once the decision is durable, where it permits. Rejects with `EventStoreError` where it cannot be recorded. */
export const look = async <Told>(parts: GateParts, inquiry: LookInquiry, tell: () => Promise<Told> | Told): Promise<Look<Told>> => {
  const ids = drawIds();
  const { judged, positions } = await parts.writer.write({
    look: () => lookedAt(parts, inquiry),
    judge: () => judge(parts, inquiry, ids),
  });
  const { outcome } = judged;
  const position = positions.get(ids.decision) ?? 0;
  parts.observer?.decided(outcome, inquiry.asked);
  return outcome === 'answered' ? { outcome, told: await tell(), position } : { outcome, position };
};

const lookedAt = ({ streams }: GateParts, { asker, about }: LookInquiry): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.heads.missing(lookStream(recordedAs(asker), about)),
  ...(about === undefined ? [] : missingFile(streams, about)),
];

/** Must not wait. */
const judge = (
  parts: GateParts,
  inquiry: LookInquiry,
  { correlation, decision: id }: DecisionIds,
): Pick<LookDecided, 'outcome'> & { readonly draft: Draft } => {
  const moment = { ...momentOf(parts, correlation), id };
  const { outcome } = decideLook(parts, moment, inquiry);
  return { draft: moment.draft, outcome };
};

/** Decided and recorded in the moment's draft. */
export const decideLook = (
  parts: GateParts,
  moment: Moment & { readonly id: string },
  inquiry: LookInquiry,
): Pick<LookDecided, 'outcome' | 'ground'> => {
  const { asker, about, asked } = inquiry;
  const reader = readerAt(moment, asker);
  const isAffair = !isAnother(asker, about) && reader !== undefined && isAffairOf(reader, inquiry, lookedUpon(parts, moment, about));
  const ground = isAffair ? groundFor(moment.inForce.decisions, reader, asked) : undefined;
  const decided: Pick<LookDecided, 'outcome' | 'ground'> =
    ground === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', ground };
  recordLook(parts, moment, inquiry, decided);
  return decided;
};

const lookedUpon = (parts: GateParts, moment: Moment, about: LearnerId | undefined): LearnerAtMoment | undefined =>
  about === undefined ? undefined : learnerAt(parts, moment, about);

const isAffairOf = (reader: Reader, question: Pick<LookDecided, 'asked' | 'parameters'>, known: LearnerAtMoment | undefined): boolean =>
  isOwnQuestion(reader, question) && isConcerned(reader, known, question.asked);

/** An officer of one agency looks at learners alone whom the agency knows; a code is handed over by whoever meets the learner. */
const isConcerned = (reader: Reader, known: LearnerAtMoment | undefined, asked: LookName): boolean => {
  if (asked === 'sign-in-code') return known !== undefined && meets(reader, known);
  return known === undefined || isRelated({ ...known, reader });
};

const IN_PERSON = relationshipBits(['adviser-for', 'enrolled-with', 'home-institution']);

/** By a relationship that counts (W3): nobody's own word opens the learner's page. */
const meets = (reader: Reader, known: LearnerAtMoment): boolean =>
  !isPost(reader) && (knownIn(known).relationshipsOf(reader.slug).counting & IN_PERSON) !== 0;

export const recordLook = (
  parts: GateParts,
  moment: Moment & { readonly id: string },
  { asker, asked, parameters, about }: LookInquiry,
  decided: Pick<LookDecided, 'outcome' | 'ground'>,
): void => {
  const { draft, at, correlation, id } = moment;
  const recipient = recordedAs(asker);
  const stream = lookStream(recipient, about);
  const another = isAnother(asker, about) ? { another: true as const } : {};
  const known = lookedUpon(parts, moment, about);
  const learner = known && { learner: known.revision };
  const told = { recipient, ...staffOf(asker), ...another, asked, parameters, at, ...learner, ...versionsAt(parts, moment), ...decided };
  draft.add(parts.streams.heads, stream, lookEvent({ id, correlation, about }, told), () => null);
  if (about !== undefined) requireAsSeen(parts, moment, about);
};

// Invariant 10 for looks: decided again on the registers as they stood, a look comes out the same.

const NOBODY: LearnerId = '';

/** `about`: the learner in whose stream it stands. */
export const replayLook = async (
  parts: PastParts,
  look: LookDecided,
  about: LearnerId = NOBODY,
): Promise<Pick<LookDecided, 'outcome' | 'ground'>> => {
  const past = await pastOf(parts, look);
  const reader = look.another ? undefined : past.taking(askerRecorded(look.recipient, about));
  const known = look.learner === undefined ? undefined : await past.learner(about, look.learner);
  const ground = reader && isAffairOf(reader, look, known) ? groundFor(past.decisions, reader, look.asked) : undefined;
  return ground === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', ground };
};
