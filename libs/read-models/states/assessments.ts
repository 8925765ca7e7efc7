// Assessments as their sources set them right since (views.md, V12), with the framework that the category tells where a clause cuts it.
import { frameworkOf } from '#catalogue';
import type { IsoDate } from '#kernel';
import type { SeenItem, SeenItems } from '../lists/index.ts';

type Recorded = SeenItem<'assessment.recorded'>;

export interface AssessmentSeen extends Recorded {
  readonly framework: string | undefined;
  /** On which its source last set something of it right. */
  readonly rectifiedOn: IsoDate | null;
}

/** What its source set right since, each field the last word. */
const rectified = (seen: SeenItems, item: Recorded): AssessmentSeen => {
  const { data, source, place, category, toldOn } = item;
  const told = seen
    .of('assessment.rectified')
    .filter((one) => one.data.assessmentId === data.assessmentId && one.source === source && one.place > place);
  const { reason: _, ...words } = Object.assign({}, ...told.map((one) => one.data)) as { readonly reason?: string };
  const right: Recorded['data'] = { ...data, ...words };
  return { ...item, toldOn, data: right, framework: frameworkOf(category, right.framework), rectifiedOn: told.at(-1)?.toldOn ?? null };
};

/** In the order of their places. */
export const assessmentsSeen = (seen: SeenItems, framework?: string): readonly AssessmentSeen[] =>
  seen
    .of('assessment.recorded')
    .map((item) => rectified(seen, item))
    .filter((one) => framework === undefined || one.framework === framework);
