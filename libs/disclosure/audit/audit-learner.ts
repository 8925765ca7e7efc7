// Who saw what of one learner, for whoever oversees sharing and for the learner: read from the learner's own stream of decisions, so that
// it is whole, once the look itself is recorded.
import type { LearnerAsker, OfficeAsker } from '#access';
import type { RecordedEvent } from '#event-store';
import { type LearnerId, londonDate, type Revision } from '#kernel';
import {
  disclosureStream,
  type EventOfFile,
  eventsOfFile,
  type LearnerFile,
  learnerOfStream,
  learnerStream,
  membersOf,
  placeIn,
} from '#learner-file';
import { hiddenFromLearner } from '#learner-record';
import { type Keys, keysOf } from '#privacy';
import { DISCLOSURE_DECIDED } from '../decision-record.ts';
import { openDecision } from '../disclosure-log.ts';
import type { GateParts } from '../gate-parts.ts';
import { LOOK_DECIDED, type Look, look, type LookDecided, openLook } from '../looks/index.ts';
import { type AuditedDecision, auditedDecision, type DecisionToAudit, type ItemsOf, type KnownItem } from './audited-decision.ts';

export interface AuditInquiry {
  readonly asker: OfficeAsker | LearnerAsker;
  readonly learner: LearnerId;
  /** Whatever else was asked, as the look is to keep it. */
  readonly parameters: LookDecided['parameters'];
}

/** The latest first; what was erased is left out. Rejects with `EventStoreError` where the look cannot be recorded. */
export const auditLearner = async (
  parts: GateParts,
  { asker, learner, parameters }: AuditInquiry,
): Promise<Look<readonly AuditedDecision[]>> => {
  // The file of who was merged into another says nothing, nor what is withheld from the learner (ADR 45).
  const { state } = await parts.streams.files.load(learnerStream(learner));
  const about = state.into ?? learner;
  return look(parts, { asker, asked: 'disclosures', parameters, about }, () => decisionsAbout(parts, { asker, learner: about }));
};

const decisionsAbout = async (
  { store, streams, vault, clock }: GateParts,
  { asker, learner }: Pick<AuditInquiry, 'asker' | 'learner'>,
): Promise<readonly AuditedDecision[]> => {
  const { state: file } = await streams.files.load(learnerStream(learner));
  const united = { about: file.id, events: await eventsOfFile(store, file) };
  const alone = await Promise.all(membersOf(file).map((member) => eventsAlone(store, member)));
  const hidden = hiddenFromLearner(file.record, londonDate(clock.now()));
  const told = await Promise.all([united, ...alone].map((one) => decisionsIn({ store, vault }, asker, { ...one, file, hidden })));
  return told.flat().toSorted((one, other) => other.position - one.position);
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
  asker: AuditInquiry['asker'],
  { about, events: known, ...of }: Known & OfFile,
): Promise<readonly AuditedDecision[]> => {
  const items = itemsIn(known, of);
  const events = await store.readStream(disclosureStream(about));
  const keys = await keysOf(vault, events);
  return events.flatMap((event) => {
    const decided = decidedIn(event, keys);
    return (decided && auditedDecision({ position: event.position, decided }, items, asker)) ?? [];
  });
};

const PREFIX = /^uk\.concordat\.(.+)\.v\d+$/;

interface OfFile {
  readonly file: LearnerFile;
  /** From the learner, by places of the file. */
  readonly hidden: ReadonlySet<Revision>;
}

const itemsIn = (events: readonly EventOfFile[], { file, hidden }: OfFile): ItemsOf =>
  new Map(
    events.map(({ place, stored }): readonly [Revision, KnownItem] => {
      const { stream, revision, position, recordedAt, type, meta } = stored;
      const { actor: source, category = '' } = meta;
      const inFile = placeIn(file.id, file.united, { learner: learnerOfStream(stream) ?? '', revision });
      const withheld = inFile !== undefined && hidden.has(inFile);
      return [place, { type: PREFIX.exec(type)?.[1] ?? type, category, source, position, recordedAt, withheld }];
    }),
  );

/** Undefined where it was erased. */
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
