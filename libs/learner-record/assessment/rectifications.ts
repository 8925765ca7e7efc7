// Which assessments their sources set right, each time anew: whoever read one before is to be told (UK GDPR Art 16 and 19).
import type { AgencySlug, Revision } from '#kernel';
import { entriesOf, type Entry, type RecordState } from '../entries.ts';
import type { Counts } from '../references.ts';
import { ownerIn } from '../things.ts';

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
