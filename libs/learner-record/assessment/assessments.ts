// The assessments of a learner as they stand, read from what was recorded.
import { type Framework, frameworkCode } from '#catalogue';
import { addDays, type AgencySlug, type IsoDate, type Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { entriesOf, type Entry, type RecordState } from '../entries.ts';
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
  /** The last that befell it, but superseded is for good. Absent: it stands as recorded. */
  readonly status?: AssessmentStatus;
}

const RELEVANT = ['assessment.recorded', 'assessment.disputed', 'assessment.rectified'] as const;

const recorded = ({ id, on, until, head, revision }: Entry): Assessment => ({
  id,
  source: head.item.source,
  item: head.item,
  revision,
  apart: head.apart,
  assessedOn: on,
  statedUntil: until,
});

const withStatus = (assessment: Assessment, status: AssessmentStatus): Assessment =>
  assessment.status === 'superseded' ? assessment : { ...assessment, status };

const rectified = (assessment: Assessment, { on, until }: Entry): Assessment => ({
  ...withStatus(assessment, 'rectified'),
  assessedOn: on || assessment.assessedOn,
  statedUntil: until || assessment.statedUntil,
});

const replaced = (
  all: readonly Assessment[],
  id: string,
  owner: AgencySlug,
  next: (one: Assessment) => Assessment,
): Assessment[] => all.map((one) => (one.id === id && one.source === owner ? next(one) : one));

/** One that stands apart is hidden from others, so it supersedes nothing that they see. */
const superseded = (all: readonly Assessment[], entry: Entry): readonly Assessment[] =>
  replaced(all, entry.related, ownerIn(entry), (one) =>
    entry.head.apart && !one.apart ? one : withStatus(one, 'superseded'),
  );

const withEntry = (all: readonly Assessment[], entry: Entry): readonly Assessment[] => {
  switch (entry.head.item.type) {
    case 'assessment.disputed':
      return replaced(all, entry.id, ownerIn(entry), (one) => withStatus(one, 'disputed'));
    case 'assessment.rectified':
      return replaced(all, entry.id, ownerIn(entry), (one) => rectified(one, entry));
    default:
      return [...(entry.related === '' ? all : superseded(all, entry)), recorded(entry)];
  }
};

/** In the order in which they were recorded. */
export const assessmentsOf = (state: RecordState): readonly Assessment[] =>
  entriesOf(state, RELEVANT).reduce<readonly Assessment[]>(withEntry, []);

/** The last day on which it counts. */
export const validUntil = ({ item, assessedOn, statedUntil }: Assessment): IsoDate =>
  statedUntil || addDays(assessedOn, frameworkCode(item.facts['framework'] as Framework).validDays);
