// What learners asked of agencies and complained about, as metadata for data protection officers by clause OV1 (ADR 58).
import { agencyOfOffice, type OfficeAsker } from '#access';
import type { CloudEvent } from '#catalogue';
import { type AnswerClock, answerClock, type ThreadKind } from '#duties';
import { type AgencySlug, type Instant, type IsoDate, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import { type EventOfFile, eventsOfFile, type FileStanding, openContribution } from '#learner-file';
import { keysOf } from '#privacy';
import type { GateParts } from '../gate-parts.ts';
import { type LearnerAudited, namedFor } from './audit-consents.ts';
import { whoIsNow } from './audit-learner.ts';
import { shortTypeOf } from './decisions-seen.ts';
import { knownNow } from './learner-consents.ts';

/** Nothing of what it says. */
export interface Thread extends AnswerClock {
  /** Of the event that began it. */
  readonly position: Position;
  readonly kind: ThreadKind;
  /** As it was given when it was sent. */
  readonly id: string;
  /** The agency asked. */
  readonly about: AgencySlug;
  readonly askedOn: IsoDate;
  readonly acknowledgedOn?: IsoDate;
  readonly answeredOn?: IsoDate;
}

export type ThreadRow = Thread & LearnerAudited;

/** A thread of the file, with where its events stand there. */
export interface ThreadInFile {
  readonly thread: Thread;
  readonly source: AgencySlug;
  readonly place: Revision;
  /** The first first. */
  readonly answers: readonly { readonly place: Revision; readonly kind: 'acknowledgement' | 'answer'; readonly on: IsoDate }[];
}

export interface ThreadsKnown {
  readonly known: FileStanding;
  readonly named: LearnerAudited;
  /** Those that are an affair of whoever looks. */
  readonly threads: readonly ThreadInFile[];
}

const BEGINS: ReadonlyMap<string, ThreadKind> = new Map([
  ['question.asked', 'question'],
  ['complaint.made', 'complaint'],
]);
const ACKNOWLEDGES = 'complaint.acknowledged';
const ANSWERS: ReadonlyMap<string, ThreadKind> = new Map([
  ['question.answered', 'question'],
  [ACKNOWLEDGES, 'complaint'],
  ['complaint.answered', 'complaint'],
]);
export const THREAD_TYPES: readonly string[] = [...BEGINS.keys(), ...ANSWERS.keys()];
const ID_IN: Readonly<Record<ThreadKind, string>> = { question: 'questionId', complaint: 'complaintId' };

interface Said {
  readonly type: string;
  readonly place: Revision;
  readonly position: Position;
  readonly source: AgencySlug;
  readonly at: Instant;
  readonly data: CloudEvent['data'];
}

/** Undefined where there is no such learner. Nothing of it may leave before the look is recorded. */
export const threadsKnown = async (parts: GateParts, asker: OfficeAsker, learner: LearnerId): Promise<ThreadsKnown | undefined> => {
  const known = await knownNow(parts, learner);
  if (known === undefined) return undefined;
  const own = agencyOfOffice(asker.office);
  const said = await saidIn(parts, known);
  const threads = said.flatMap((one) => threadBegunBy(one, said, londonDate(parts.clock.now())) ?? []);
  const affair = threads.filter(({ thread }) => own === undefined || thread.about === own);
  return { known, named: namedFor(parts, asker, known.file), threads: affair };
};

/** What was taken back, and what was erased, is not there. */
const saidIn = async ({ store, vault }: GateParts, { file, items }: FileStanding): Promise<readonly Said[]> => {
  const wanted = new Map(items.filter(({ type, apart }) => !apart && THREAD_TYPES.includes(type)).map((item) => [item.revision, item]));
  if (wanted.size === 0) return [];
  const events = (await eventsOfFile(store, file)).filter(({ place }) => wanted.has(place));
  const keys = await keysOf(
    vault,
    events.map(({ stored }) => stored),
  );
  return events.flatMap(({ place, stored }: EventOfFile) => {
    const data = openContribution(stored, keys)?.event?.data;
    const { source = '', at = 0 } = wanted.get(place) ?? {};
    return data === undefined ? [] : [{ type: shortTypeOf(stored.type), place, position: stored.position, source, at, data }];
  });
};

export const textIn = ({ data }: Pick<Said, 'data'>, name: string): string => (typeof data[name] === 'string' ? data[name] : '');

/** Only whoever was asked answers. */
const threadBegunBy = (begun: Said, said: readonly Said[], today: IsoDate): ThreadInFile | undefined => {
  const kind = BEGINS.get(begun.type);
  if (kind === undefined) return undefined;
  const [id, about] = [textIn(begun, ID_IN[kind]), textIn(begun, 'about')];
  const answers = said.filter((one) => ANSWERS.get(one.type) === kind && one.source === about && textIn(one, ID_IN[kind]) === id);
  const acknowledged = answers.find(({ type }) => type === ACKNOWLEDGES);
  const answered = answers.find(({ type }) => type !== ACKNOWLEDGES);
  const promised = answers.findLast((one) => textIn(one, 'due') !== '');
  const askedOn = londonDate(begun.at);
  const soFar = { kind, askedOn, acknowledged: acknowledged !== undefined, answered: answered !== undefined };
  return {
    thread: {
      ...{ position: begun.position, kind, id, about, askedOn },
      ...(acknowledged && { acknowledgedOn: londonDate(acknowledged.at) }),
      ...(answered && { answeredOn: londonDate(answered.at) }),
      ...answerClock({ ...soFar, ...(promised && { promised: textIn(promised, 'due') }) }, today),
    },
    source: begun.source,
    place: begun.place,
    answers: answers.map(({ type, place, at }) => ({
      ...{ place, on: londonDate(at) },
      kind: type === ACKNOWLEDGES ? ('acknowledgement' as const) : ('answer' as const),
    })),
  };
};

export const threadAt = ({ threads }: ThreadsKnown, position: Position): ThreadInFile | undefined =>
  threads.find(({ thread }) => thread.position === position);

export interface ThreadPlace {
  readonly learner: LearnerId;
  readonly position: Position;
}

/** Of several of one learner the learner is read once. */
export const threadsAmong = async (parts: GateParts, asker: OfficeAsker, events: readonly ThreadPlace[]): Promise<readonly Thread[]> => {
  const about = await Promise.all(events.map(async ({ learner, position }) => ({ position, learner: await whoIsNow(parts, learner) })));
  const byLearner = Map.groupBy(about, ({ learner }) => learner);
  const found = await Promise.all(
    [...byLearner].map(async ([learner, places]) => {
      const known = await threadsKnown(parts, asker, learner);
      return places.flatMap(({ position }) => (known && threadAt(known, position)?.thread) ?? []);
    }),
  );
  return found.flat();
};
