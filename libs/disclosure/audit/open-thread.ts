// One of a learner's questions or complaints in full, to the officer of the agency that was asked, who answers it: by clause OV2, with the
// reason that it is to be answered (ADR 58).
import { agencyOfOffice, type OfficeAsker } from '#access';
import type { CloudEvent } from '#catalogue';
import type { AgencySlug, IsoDate, LearnerId, Position, Revision } from '#kernel';
import { learnerOfStream } from '#learner-file';
import { ulnSuppliedBy } from '#learners';
import { askForDocument } from '../ask-for-document.ts';
import type { GateParts } from '../gate-parts.ts';
import { look } from '../looks/index.ts';
import type { LearnerAudited } from './audit-consents.ts';
import { whoIsNow } from './audit-learner.ts';
import { textIn, THREAD_TYPES, threadAt, type ThreadInFile, type ThreadRow, type ThreadsKnown, threadsKnown } from './threads.ts';

export interface ThreadText {
  readonly kind: 'acknowledgement' | 'answer';
  readonly text: string;
  readonly on: IsoDate;
  readonly due?: IsoDate;
}

export interface ThreadOpened extends ThreadRow {
  readonly regarding?: string;
  readonly text: string;
  /** The first first. */
  readonly answers: readonly ThreadText[];
  /** How the agency may name the learner when it answers; absent where it never named the learner by a number. */
  readonly answerAs?: string;
  /** Whose id the thread's is. */
  readonly of: AgencySlug;
}

export interface ThreadAsked {
  readonly asker: OfficeAsker;
  readonly position: Position;
}

export interface ThreadShown {
  readonly thread: ThreadOpened;
  /** Of the decision in the log. */
  readonly position: Position;
}

/**
 * Undefined where there is none, or none that was put to the asker's own agency: which of these is not told. Rejects with `EventStoreError`
 * where the decision cannot be recorded.
 */
export const openThread = async (parts: GateParts, asked: ThreadAsked): Promise<ThreadShown | undefined> => {
  const { asker, position } = asked;
  const found = await findThread(parts, asked);
  if (found === undefined) {
    await look(parts, { asker, asked: 'questions', parameters: { about: 'nobody' } }, () => undefined);
    return undefined;
  }
  const { kind } = found.found.thread;
  const only = [found.found.place, ...found.found.answers.map(({ place }) => place)];
  const told = await askForDocument(parts, {
    ...{ asker, ref: found.about, purposes: ['answer-rights'], reason: `to answer the ${kind} at position ${position}` },
    ...{ asked: 'thread', document: { types: THREAD_TYPES, only, parameters: { position } } },
  });
  if (told.outcome !== 'answered') return undefined;
  const thread = opened(found, (place) => told.items.get(place)?.data);
  return thread && { thread, position: told.position };
};

const findThread = async (parts: GateParts, { asker, position }: ThreadAsked): Promise<ToOpen | undefined> => {
  const own = agencyOfOffice(asker.office);
  const about = await learnerAt(parts, position);
  if (own === undefined || about === undefined) return undefined;
  const known = await threadsKnown(parts, asker, about);
  const found = known && threadAt(known, position);
  return known && found && { about, found, named: known.named, answerAs: answerAs(known, own) };
};

/** In whose stream something stands at that position. */
const learnerAt = async (parts: GateParts, position: Position): Promise<LearnerId | undefined> => {
  const [event] = await parts.store.readAll({ after: position - 1, limit: 1 });
  const learner = event?.position === position ? learnerOfStream(event.stream) : undefined;
  return learner === undefined ? undefined : whoIsNow(parts, learner);
};

/** As the agency itself named the learner before. */
const answerAs = ({ known: { file }, named: { localId } }: ThreadsKnown, own: AgencySlug): string | undefined => {
  const uln = ulnSuppliedBy(file.learner, own);
  if (localId !== undefined && localId !== '') return `local:${localId}`;
  return uln === undefined ? undefined : `uln:${uln}`;
};

interface ToOpen {
  readonly about: LearnerId;
  readonly found: ThreadInFile;
  readonly named: LearnerAudited;
  readonly answerAs: string | undefined;
}

type DataAt = (place: Revision) => CloudEvent['data'] | undefined;

/** Undefined where it was erased meanwhile. */
const opened = ({ found, named, answerAs: as }: ToOpen, dataAt: DataAt): ThreadOpened | undefined => {
  const { thread, source, place, answers } = found;
  const asked = dataAt(place);
  if (asked === undefined) return undefined;
  const regarding = textIn({ data: asked }, 'regarding');
  return {
    ...named,
    ...thread,
    ...(regarding !== '' && { regarding }),
    text: textIn({ data: asked }, 'text'),
    answers: answers.map(({ place: at, ...answer }) => ({ ...answer, ...wordsIn(dataAt(at) ?? {}) })),
    ...(as !== undefined && { answerAs: as }),
    of: source,
  };
};

const wordsIn = (data: CloudEvent['data']): Pick<ThreadText, 'text' | 'due'> => {
  const due = textIn({ data }, 'due');
  return { text: textIn({ data }, 'text'), ...(due !== '' && { due }) };
};
