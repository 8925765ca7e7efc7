// All decisions of one learner's own stream, each beside what whoever looks is told of it, and with what its items are by their envelopes.
import type { OfficeAsker } from '#access';
import type { RecordedEvent } from '#event-store';
import { type Instant, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import {
  disclosureStream,
  type EventOfFile,
  eventsOfFile,
  type LearnerFile,
  learnerOfDisclosures,
  learnerOfStream,
  learnerStream,
  membersOf,
  placeIn,
} from '#learner-file';
import { hiddenFromLearner } from '#learner-record';
import { type Keys, keysOf } from '#privacy';
import { DISCLOSURE_DECIDED } from '../decision-record.ts';
import { isOfOthers, openDecision } from '../disclosure-log.ts';
import type { GateParts } from '../gate-parts.ts';
import { LOOK_DECIDED, type LookDecided, openLook } from '../looks/index.ts';
import {
  type AuditedDecision,
  auditedDecision,
  type Auditor,
  type DecisionToAudit,
  type ItemsOf,
  type KnownItem,
} from './audited-decision.ts';
import { isLookOfStaff, type MeetingOn, meetingsIn } from './own-meetings.ts';

export interface DecisionSeen {
  readonly position: Position;
  readonly decided: DecisionToAudit;
  /** What is at the revisions that it names. */
  readonly items: ItemsOf;
  /** What whoever looks is told of it; undefined: it is no affair of theirs. */
  readonly shown: AuditedDecision | undefined;
}

export interface DecisionsSought {
  readonly learner: LearnerId;
  /** Those of the learner's file, where they were read already. */
  readonly events?: readonly EventOfFile[];
  /** None that the learner made by looking at the own record. */
  readonly ofOthers?: boolean;
}

/** The latest first; what was erased is left out. */
export const decisionsSeen = async (
  { store, streams, vault, clock }: Pick<GateParts, 'store' | 'streams' | 'vault' | 'clock'>,
  asker: Auditor,
  { learner, events, ofOthers = false }: DecisionsSought,
): Promise<readonly DecisionSeen[]> => {
  const { state: file } = await streams.files.load(learnerStream(learner));
  const united = { about: file.id, events: events ?? (await eventsOfFile(store, file)) };
  const alone = await Promise.all(membersOf(file).map((member) => eventsAlone(store, member)));
  const of = { ...ofFile(file, clock.now()), ofOthers };
  const seen = await Promise.all([united, ...alone].map((one) => decisionsIn({ store, vault }, asker, { ...one, ...of })));
  const latestFirst = seen.flat().toSorted((one, other) => other.position - one.position);
  if (!('learner' in asker)) return latestFirst;
  const meetingOn = meetingsIn(file, itemsIn(united.events, of));
  return latestFirst.map((one) => withMeeting(one, meetingOn));
};

/** To the learner: what there was with whoever looked, on that day. */
const withMeeting = (seen: DecisionSeen, meetingOn: MeetingOn): DecisionSeen => {
  const { decided, shown } = seen;
  const meeting = shown && isLookOfStaff(decided) ? meetingOn(decided.recipient, londonDate(decided.at)) : undefined;
  return shown === undefined || meeting === undefined ? seen : { ...seen, shown: { ...shown, meeting } };
};

interface Known {
  readonly about: LearnerId;
  readonly events: readonly EventOfFile[];
}

/** As decisions named them before they were read together with those of another (ADR 45). */
const eventsAlone = async (store: GateParts['store'], learner: LearnerId): Promise<Known> => ({
  about: learner,
  events: (await store.readStream(learnerStream(learner))).map((stored) => ({ place: stored.revision, stored })),
});

const decisionsIn = async (
  { store, vault }: Pick<GateParts, 'store' | 'vault'>,
  asker: Auditor,
  { about, events: known, ofOthers, ...of }: Known & OfFile & { readonly ofOthers: boolean },
): Promise<readonly DecisionSeen[]> => {
  const items = itemsIn(known, of);
  const all = await store.readStream(disclosureStream(about));
  const events = ofOthers ? all.filter(isOfOthers) : all;
  const keys = await keysOf(vault, events);
  return events.flatMap((event) => decisionIn(event, { keys, items, asker }) ?? []);
};

interface Reading {
  readonly keys: Keys;
  readonly items: ItemsOf;
  readonly asker: Auditor;
}

/** Undefined where it was erased. */
const decisionIn = (event: RecordedEvent, { keys, items, asker }: Reading): DecisionSeen | undefined => {
  const { position } = event;
  const decided = decidedIn(event, keys);
  return decided && { position, decided, items, shown: auditedDecision({ position, decided }, items, asker) };
};

/** One of them, by its position alone. Undefined where there is none of this learner, or where it was erased. */
export const decisionSeenAt = async (
  { store, vault, clock }: Pick<GateParts, 'store' | 'vault' | 'clock'>,
  { file, events }: { readonly file: LearnerFile; readonly events: readonly EventOfFile[] },
  { asker, position }: { readonly asker: OfficeAsker; readonly position: Position },
): Promise<DecisionSeen | undefined> => {
  const [event] = await store.readAll({ after: position - 1, limit: 1 });
  const about = event?.position === position ? learnerOfDisclosures(event.stream) : undefined;
  if (event === undefined || about === undefined || ![file.id, ...membersOf(file)].includes(about)) return undefined;
  const known = about === file.id ? events : (await eventsAlone(store, about)).events;
  return decisionIn(event, { keys: await keysOf(vault, [event]), items: itemsIn(known, ofFile(file, clock.now())), asker });
};

const PREFIX = /^uk\.concordat\.(.+)\.v\d+$/;

/** As `assessment.recorded`. */
export const shortTypeOf = (type: string): string => PREFIX.exec(type)?.[1] ?? type;

export interface OfFile {
  readonly file: LearnerFile;
  /** From the learner, by places of the file. */
  readonly hidden: ReadonlySet<Revision>;
}

/** As it stands at that moment. */
export const ofFile = (file: LearnerFile, at: Instant): OfFile => ({ file, hidden: hiddenFromLearner(file.record, londonDate(at)) });

export const itemsIn = (events: readonly EventOfFile[], { file, hidden }: OfFile): ItemsOf =>
  new Map(
    events.map(({ place, stored }): readonly [Revision, KnownItem] => {
      const { stream, revision, position, recordedAt, type, meta } = stored;
      const { actor: source, category = '' } = meta;
      const inFile = placeIn(file.id, file.united, { learner: learnerOfStream(stream) ?? '', revision });
      const withheld = inFile !== undefined && hidden.has(inFile);
      return [place, { type: shortTypeOf(type), category, source, position, recordedAt, withheld }];
    }),
  );

const decidedIn = (event: RecordedEvent, keys: Keys): DecisionToAudit | undefined => {
  if (event.type === DISCLOSURE_DECIDED) return openDecision(event, keys);
  const told = event.type === LOOK_DECIDED ? openLook(event, keys) : undefined;
  return told && lookAsDecision(told);
};

const lookAsDecision = ({ at, recipient, staff, asked, outcome }: LookDecided): DecisionToAudit => ({
  at,
  recipient,
  ...(staff !== undefined && { staff }),
  asked,
  outcome,
  purposes: [],
  route: 'look',
  permitted: [],
  refused: [],
});
