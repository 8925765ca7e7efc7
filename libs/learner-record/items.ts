// What is recorded about a learner as the gate looks at it, item by item; the data stay sealed in the log.
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { type AssessmentStatus, assessmentsOf } from './assessment/index.ts';
import { entriesOf, type Entry, type Head, type Mark, marksOf, type RecordState } from './entries.ts';
import type { Counts } from './references.ts';
import { ownerIn } from './things.ts';

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

/** What may be asked about for a reader: all but what stands apart and is not its own. */
export const recordItems = (items: readonly RecordItem[], reader: AgencySlug): readonly RecordItem[] =>
  items.filter(({ apart, source }) => !apart || source === reader);

/** Whether the agency contributed anything that is still there. */
export const hasContributed = (state: RecordState, agency: AgencySlug): boolean => state.heads.some(({ item }) => item.source === agency);
