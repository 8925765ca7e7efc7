// What is recorded about a learner as the gate looks at it, item by item; the data stay sealed in the log.
import type { AgencySlug, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { type AssessmentStatus, assessmentsOf } from './assessment/index.ts';
import { type Head, type RecordState, revisionsOf } from './entries.ts';

export interface RecordItem extends ItemFacts {
  /** Of the event in the learner's stream. */
  readonly revision: Revision;
  /** Visible to its source alone: it repeats, or speaks of one that repeats, what its source may not know of. */
  readonly apart: boolean;
  /** Of an assessment, where it is no longer as it was recorded. */
  readonly status?: AssessmentStatus;
}

type Statuses = ReadonlyMap<Revision, AssessmentStatus>;

const statusesOf = (state: RecordState): Statuses =>
  new Map(assessmentsOf(state).flatMap(({ revision, status }) => (status === undefined ? [] : [[revision, status] as const])));

const itemOf = ({ item, apart }: Head, revision: Revision, statuses: Statuses): RecordItem => {
  const { type, category, source, facts } = item;
  const status = statuses.get(revision);
  return status === undefined
    ? { type, category, source, facts, revision, apart }
    : { type, category, source, facts, revision, apart, status };
};

/** Everything, in the order of the stream: for the broker's own eyes. */
export const everyRecordItem = (state: RecordState): readonly RecordItem[] => {
  const statuses = statusesOf(state);
  const revisions = revisionsOf(state);
  return state.heads.map((head, place) => itemOf(head, revisions[place] as Revision, statuses));
};

/** What may be asked about for a reader: all but what stands apart and is not its own. */
export const recordItems = (state: RecordState, reader: AgencySlug): readonly RecordItem[] =>
  everyRecordItem(state).filter(({ apart, source }) => !apart || source === reader);

/** Whether the agency contributed anything that is still there. */
export const hasContributed = (state: RecordState, agency: AgencySlug): boolean =>
  state.heads.some(({ item }) => item.source === agency);
