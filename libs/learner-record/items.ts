// What is recorded about a learner as it stands, item by item, assessments above all; the data stay sealed in the log.
import { type Framework, frameworkCode } from '#catalogue';
import { addDays, type AgencySlug, type Instant, type IsoDate, type Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { addedTo, entriesOf, type Entry, type Head, type Mark, marksOf, ownerIn, type RecordState } from './entries.ts';
import type { Counts } from './references.ts';

// The assessments of a learner as they stand, read from what was recorded.

export type AssessmentStatus = 'superseded' | 'rectified' | 'disputed';

export interface Assessment {
  readonly id: string;
  readonly source: AgencySlug;
  readonly item: ItemFacts;
  readonly revision: Revision;
  readonly apart: boolean;
  readonly assessedOn: IsoDate;
  /** Empty: the validity of the framework applies. */
  readonly statedUntil: string;
  /** The last that befell it, but superseded is for good. Undefined: it stands as recorded. */
  readonly status: AssessmentStatus | undefined;
}

/** While the list is read, and nobody else has it. */
type Reading = { -readonly [Property in keyof Assessment]: Assessment[Property] };

const RELEVANT = ['assessment.recorded', 'assessment.disputed', 'assessment.rectified'] as const;

const begun = ({ id, on, until, head, revision }: Entry): Reading => ({
  id,
  source: head.item.source,
  item: head.item,
  revision,
  apart: head.apart,
  assessedOn: on,
  statedUntil: until,
  status: undefined,
});

const mark = (assessment: Reading, status: AssessmentStatus): void => {
  if (assessment.status !== 'superseded') assessment.status = status;
};

/** One that stands apart is hidden from others, so it supersedes nothing that they see. */
const supersede = (assessment: Reading, { head }: Entry): void => {
  if (assessment.apart || !head.apart) mark(assessment, 'superseded');
};

const rectify = (assessment: Reading, { on, until }: Entry): void => {
  mark(assessment, 'rectified');
  if (on !== '') assessment.assessedOn = on;
  if (until !== '') assessment.statedUntil = until;
};

const dispute = (assessment: Reading): void => mark(assessment, 'disputed');

const effectOf = ({ head }: Entry): ((assessment: Reading, entry: Entry) => void) => {
  if (head.item.type === 'assessment.recorded') return supersede;
  return head.item.type === 'assessment.rectified' ? rectify : dispute;
};

/** What an entry does to an earlier assessment, if to any. */
const apply = (earlier: readonly Reading[], entry: Entry): void => {
  const id = entry.head.item.type === 'assessment.recorded' ? entry.related : entry.id;
  const owner = ownerIn(entry);
  const assessment = id === '' ? undefined : earlier.find((one) => one.id === id && one.source === owner);
  if (assessment) effectOf(entry)(assessment, entry);
};

/** On its own assessments everybody's word has effect at once: they look alike to their source whether or not it stands. */
const isOnOwn = (entry: Entry): boolean => ownerIn(entry) === entry.head.item.source;

/** In the order in which they were recorded. What has no effect supersedes and disputes nothing of others. */
export const assessmentsOf = (state: RecordState, counts: Counts): readonly Assessment[] => {
  const read: Reading[] = [];
  for (const entry of entriesOf(state, RELEVANT)) {
    const { source } = entry.head.item;
    if (isOnOwn(entry) || counts({ source, revision: entry.revision })) apply(read, entry);
    if (entry.head.item.type === 'assessment.recorded') read.push(begun(entry));
  }
  return read;
};

/** The last day on which it counts. */
export const validUntil = ({ item, assessedOn, statedUntil }: Assessment): IsoDate =>
  statedUntil || addDays(assessedOn, frameworkCode(item.facts['framework'] as Framework).validDays);

// Which assessments their sources set right, each time anew: whoever read one before is to be told (UK GDPR Art 16 and 19).

export interface Rectification {
  readonly source: AgencySlug;
  readonly revision: Revision;
  /** Revision of the assessment as it was recorded. */
  readonly assessment: Revision;
}

const RECORDED = 'assessment.recorded';

const isOf = ({ head, id }: Entry, rectified: Entry): boolean =>
  head.item.type === RECORDED && id === rectified.id && head.item.source === ownerIn(rectified);

/** Those that have effect, in the order in which they were told. */
export const rectificationsIn = (state: RecordState, counts: Counts): readonly Rectification[] => {
  const entries = entriesOf(state, [RECORDED, 'assessment.rectified']);
  return entries.flatMap((entry) => {
    const {
      revision,
      head: {
        item: { type, source },
      },
    } = entry;
    const rectified = type === RECORDED || !counts({ source, revision }) ? undefined : entries.find((one) => isOf(one, entry));
    return rectified === undefined ? [] : [{ source, revision, assessment: rectified.revision }];
  });
};

// What is recorded about a learner as the gate looks at it, item by item; the data stay sealed in the log.

export interface RecordItem extends ItemFacts {
  /** Of the event in the learner's stream. */
  readonly revision: Revision;
  /** When it happened, as its source says. */
  readonly at: Instant;
  /**
   * Visible to its source alone: it repeats, or speaks of one that repeats, what its source may not know of; or its source retracted it.
   */
  readonly apart: boolean;
  /** Where it is no longer as it was recorded. */
  readonly status?: AssessmentStatus | 'retracted';
  /** Fields that pass no clause, told to be withheld. */
  readonly withheld?: readonly string[];
}

/** What the learner's standings say of the record. */
export interface Lens {
  readonly counts: Counts;
  /** Whose referral an answer at that revision answers, as long as that agency may see it. */
  readonly answers: (revision: Revision) => AgencySlug | undefined;
  /** The day on which an agency's programme started. */
  readonly begun: (owner: AgencySlug, programmeId: string) => IsoDate | undefined;
  /** Fields of an identity told at that revision that pass no clause. */
  readonly withheld: (source: AgencySlug, revision: Revision) => readonly string[];
}

/** What is known of single items, beyond their kind. */
type Beyond = ReadonlyMap<Revision, Partial<Pick<RecordItem, 'status' | 'answers' | 'begun' | 'withheld'>>>;

const ANSWERS = ['referral.accepted', 'referral.declined'];
const IDENTITIES = ['learner.registered', 'learner.corrected'];
const BY_PROGRAMME = ['programme.started', 'programme.left-early', 'programme.moved-on'];
const OF_PROGRAMME = [
  'programme.agreed',
  'programme.queried',
  'programme.signed-off',
  'review.scheduled',
  'review.held',
  'moving-on.planned',
];
const KNOWN_BEYOND = [...ANSWERS, ...IDENTITIES, ...BY_PROGRAMME, ...OF_PROGRAMME];

const beyondOf = (entry: Entry, lens: Lens): Partial<Pick<RecordItem, 'answers' | 'begun' | 'withheld'>> => {
  const { revision, head, id, related } = entry;
  const { type, source } = head.item;
  if (ANSWERS.includes(type)) {
    const answers = lens.answers(revision);
    return answers === undefined ? {} : { answers };
  }
  if (IDENTITIES.includes(type)) {
    const withheld = lens.withheld(source, revision);
    return withheld.length === 0 ? {} : { withheld };
  }
  const begun = lens.begun(ownerIn(entry), BY_PROGRAMME.includes(type) ? id : related);
  return begun === undefined ? {} : { begun };
};

const beyondIn = (state: RecordState, lens: Lens): Beyond => {
  const beyond = new Map<Revision, Partial<Pick<RecordItem, 'status' | 'answers' | 'begun' | 'withheld'>>>();
  for (const entry of entriesOf(state, KNOWN_BEYOND)) beyond.set(entry.revision, beyondOf(entry, lens));
  for (const { revision, status } of assessmentsOf(state, lens.counts)) if (status !== undefined) beyond.set(revision, { status });
  for (const revision of state.retracted) beyond.set(revision, { ...beyond.get(revision), status: 'retracted' });
  return beyond;
};

const itemOf = ({ item, apart }: Head, { revision, at }: Mark, beyond: Beyond, { counts }: Lens): RecordItem => {
  const { type, category, source, facts } = item;
  const more = beyond.get(revision);
  const hidden = apart || more?.status === 'retracted';
  const plain = { type, category, source, facts, revision, at, apart: hidden, ...more };
  return counts({ source, revision }) ? plain : { ...plain, confirmed: false };
};

/** Everything, in the order of the stream: for the broker's own eyes. */
export const everyRecordItem = (state: RecordState, lens: Lens): readonly RecordItem[] => {
  const beyond = beyondIn(state, lens);
  const marks = marksOf(state);
  return state.heads.map((head, place) => itemOf(head, marks[place] as Mark, beyond, lens));
};

/** What speaks of an assessment may change how that one is shown; all else that is recorded is an item of its own. */
const changesEarlier = ({ head, related }: Entry): boolean => head.item.type !== RECORDED || related !== '';

/**
 * Of all that is, what was recorded since the record stood as `before`. Undefined where that may have changed earlier items, or the record
 * does not go on from there. To be asked only where the lens says of earlier items what it said then.
 */
export const itemsSince = (state: RecordState, before: RecordState, lens: Lens): readonly RecordItem[] | undefined => {
  const added = addedTo(before, state);
  return added === undefined || entriesOf(added, RELEVANT).some(changesEarlier) ? undefined : everyRecordItem(added, lens);
};

/** What may be asked about for a reader: all but what stands apart and is not its own. */
export const recordItems = (items: readonly RecordItem[], reader: AgencySlug): readonly RecordItem[] =>
  items.filter(({ apart, source }) => !apart || source === reader);

/** Whether the agency contributed anything that is still there. */
export const hasContributed = (state: RecordState, agency: AgencySlug): boolean => state.heads.some(({ item }) => item.source === agency);
