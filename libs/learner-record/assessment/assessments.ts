// The assessments of a learner as they stand, read from what was recorded.
import { type Framework, frameworkCode } from '#catalogue';
import { addDays, type AgencySlug, type IsoDate, type Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { entriesOf, type Entry, type RecordState } from '../entries.ts';
import type { Counts } from '../references.ts';
import { ownerIn } from '../things.ts';

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
