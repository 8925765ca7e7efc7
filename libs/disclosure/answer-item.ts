// An item as an answer shows it, and items kept in the plain, so that reading again need not open again.
import { LRUCache } from 'lru-cache';
import { type CloudEvent, frameworkCode, groupByCode, isFramework, shippedCodes } from '#catalogue';
import { addDays, type IsoDate, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import { pairwiseItemId, type Vault } from '#privacy';
import { type CodeGroups, dataShown, type Permit } from '#sharing-protocols';
import { oneCopy } from '#contribution';
import type { JustRecorded } from '#learner-file';
import type { RecordedEvent } from '#event-store';
import { type AnswerItem, MERGED_IDENTITY_TYPE } from './answer.ts';
import { type AnswerTo, unranked, withPairwiseIds } from './answer-masks.ts';
import type { PermittedItem } from './decide-answer.ts';
import { basisOf } from './disclosure-log.ts';

// One permitted item as its recipient sees it: minimised as the clause says, and without what two recipients could join it on.

/** An item as it was recorded. */
export interface Opened {
  readonly event: Pick<CloudEvent, 'type' | 'source' | 'time' | 'data'>;
  readonly position: Position;
  /** In London, on which it happened. */
  readonly day: IsoDate;
}

type Ground = Pick<AnswerItem, 'clause' | 'basis' | 'level' | 'purpose'>;
type Data = AnswerItem['data'];

export const answerItem = ({ item, permit }: PermittedItem, opened: Opened, to: AnswerTo): AnswerItem => {
  const { event, position, day } = opened;
  const own = permit.clause === 'own';
  return {
    id: pairwiseItemId(to.names, to.recipient, position),
    type: event.type,
    ...(permit.disguised ? {} : { source: event.source }),
    category: item.category,
    ...(own ? { position: String(position), time: event.time } : { time: day }),
    ...groundOf(permit),
    ...marksOf(item, own),
    data: own ? event.data : shownData(permit, without(event.data, item.withheld), to),
  };
};

/** Told to be withheld, or replaced by what was. */
const without = (data: Data, fields: readonly string[] | undefined): Data =>
  fields === undefined ? data : Object.fromEntries(Object.entries(data).filter(([name]) => !fields.includes(name)));

/** What the merged identity says, and the day on which each field was stated. */
export interface MergedValues {
  readonly values: Data;
  readonly days: Readonly<Record<string, IsoDate>>;
}

/** The learner's one identity, made by the broker: of nobody's event, so without id, source, position and time. */
export const mergedIdentityItem = (permit: Permit, { values, days }: MergedValues, to: AnswerTo): AnswerItem => {
  const shown = shownData(permit, values, to);
  const statedOn = Object.fromEntries(Object.entries(days).filter(([field]) => field in shown));
  return { type: MERGED_IDENTITY_TYPE, category: 'identity', ...groundOf(permit), data: { ...shown, statedOn } };
};

const groundOf = (permit: Permit): Ground => ({
  clause: permit.clause,
  basis: basisOf(permit),
  level: permit.level,
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
});

const marksOf = ({ status, confirmed }: PermittedItem['item'], own: boolean): Pick<AnswerItem, 'status' | 'confirmed' | 'disputed'> => ({
  ...(status === undefined ? {} : { status }),
  ...(confirmed === false && !own ? { confirmed } : {}),
  ...(status === 'disputed' ? { disputed: true } : {}),
});

const shownData = (permit: Permit, data: Data, to: AnswerTo): Data => {
  const plain = plainly(permit, data, to);
  return permit.withoutIdentity ? withPairwiseIds(plain, to) : plain;
};

/** With the ids as their agencies gave them. */
const plainly = (permit: Permit, data: Data, { uln, recipient }: Pick<AnswerTo, 'uln' | 'recipient'>): Data => {
  const told = permit.level === 'existence' ? withValidity(data) : data;
  const supplied = uln !== undefined && data['uln'] === uln ? ['uln'] : [];
  const shown = dataShown(permit, told, { supplied, groups: groups(), recipient });
  return permit.ownChoice ? unranked(shown) : shown;
};

/** Of an item of another agency, which its clause shows with its ids, as much of these data as the recipient is shown. */
export const shownOf = ({ item, permit }: PermittedItem, data: Data, to: Pick<AnswerTo, 'uln' | 'recipient'>): Data =>
  plainly(permit, without(data, item.withheld), to);

let codeGroups: CodeGroups | undefined;

const groups = (): CodeGroups =>
  (codeGroups ??= {
    'reason-groups': groupByCode(shippedCodes()['reason-groups']),
    'activity-groups': groupByCode(shippedCodes()['activity-groups']),
  });

/** That an assessment exists says little without how long it counts: where its source left that out, the framework says. */
const withValidity = (data: Data): Data => {
  const { framework, assessedOn, validUntil } = data;
  if (validUntil !== undefined || typeof assessedOn !== 'string' || typeof framework !== 'string' || !isFramework(framework)) return data;
  return { ...data, validUntil: addDays(assessedOn, frameworkCode(framework).validDays) };
};

// Items in the plain, so that reading again need not open again; what a key that is no more has opened is never among them.

interface Kept extends Opened {
  /** Of memory that it takes, about. */
  readonly bytes: number;
}

type Items = Map<Revision, Kept>;

/** As measured: of what is sealed so much is not kept, such as the evidence; what is kept takes so much beside its text. */
const NOT_KEPT_BYTES = 700;
const ITEM_BYTES = 300;
const LEARNER_BYTES = 400;
/** For what is opened to be folded: of the most learners that a page may be about. */
const LATELY_BYTES = 24 * 2 ** 20;

const bytesOf = (items: Items): number => {
  let bytes = LEARNER_BYTES;
  for (const item of items.values()) bytes += item.bytes;
  return bytes;
};

const sized = (bytes: number): LRUCache<LearnerId, Items> => new LRUCache({ maxSize: bytes, sizeCalculation: bytesOf });

const keptOf = (position: Position, bytes: number, { type, source, time, data }: CloudEvent): Kept => ({
  // What makes up an answer: of the rest nothing need be kept.
  event: { type: oneCopy(type), source: oneCopy(source), time, data },
  position,
  day: londonDate(Date.parse(time)),
  bytes: ITEM_BYTES + bytes,
});

const openedOf = ({ position, payload }: RecordedEvent, event: CloudEvent): Kept =>
  keptOf(position, Math.max(0, payload.byteLength - NOT_KEPT_BYTES), event);

export class KeptItems {
  readonly #vault: Pick<Vault, 'erasureMark'>;
  readonly #kept: LRUCache<LearnerId, Items>;
  /** Opened to be folded: mostly to be shown next. */
  readonly #lately = sized(LATELY_BYTES);
  #mark: number;

  constructor(vault: Pick<Vault, 'erasureMark'>, bytes: number) {
    this.#vault = vault;
    this.#mark = vault.erasureMark();
    this.#kept = sized(bytes);
  }

  /** Of these revisions those that need not be opened. */
  of(learner: LearnerId, revisions: readonly Revision[]): Map<Revision, Opened> {
    this.#forgetErased();
    const items = this.#kept.get(learner) ?? new Map<Revision, Kept>();
    const lately = this.#lately.get(learner);
    if (lately === undefined) return items;
    const opened = revisions.flatMap((revision) => {
      const item = items.has(revision) ? undefined : lately.get(revision);
      return item ? [[revision, item] as const] : [];
    });
    this.#lately.delete(learner);
    return this.#with(learner, items, opened);
  }

  /** To be called in the turn in which they were opened. */
  keep(learner: LearnerId, opened: readonly (readonly [RecordedEvent, CloudEvent])[]): Map<Revision, Opened> {
    const items = this.#kept.get(learner) ?? new Map<Revision, Kept>();
    return this.#with(
      learner,
      items,
      opened.map(([stored, event]) => [stored.revision, openedOf(stored, event)]),
    );
  }

  /** An event was opened to be folded. To be called in that turn. */
  note(learner: LearnerId, stored: RecordedEvent, event: CloudEvent): void {
    this.#forgetErased();
    const items = this.#lately.get(learner) ?? new Map<Revision, Kept>();
    this.#lately.set(learner, items.set(stored.revision, openedOf(stored, event)));
  }

  /** It was sealed here, and stands in the log: mostly it is to be shown next. Not where a key may have been destroyed since. */
  noteRecorded(learner: LearnerId, { revision, position, bytes, event, mark }: JustRecorded): void {
    this.#forgetErased();
    if (mark !== this.#mark) return;
    const items = this.#kept.get(learner) ?? new Map<Revision, Kept>();
    this.#with(learner, items, [[revision, keptOf(position, bytes, event)]]);
  }

  #with(learner: LearnerId, items: Items, opened: readonly (readonly [Revision, Kept])[]): Items {
    for (const [revision, item] of opened) items.set(revision, item);
    if (opened.length > 0) this.#kept.set(learner, items);
    return items;
  }

  /** What was opened under a key that is no more must not be shown from memory. */
  #forgetErased(): void {
    const mark = this.#vault.erasureMark();
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#kept.clear();
    this.#lately.clear();
  }
}
