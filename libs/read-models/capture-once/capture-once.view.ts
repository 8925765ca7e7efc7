// Assessments recorded, and repeats avoided because one was still valid (invariant 4): what capturing once has saved.
import { ERASED, erasureIn, learnerOfStream, REPEAT_AVOIDED } from '#learner-file';
import { londonDate } from '#kernel';
import { ASSESSMENT_RECORDED, type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

/** Stands for the framework of what was erased: that it was counted remains, of what kind it was does not. */
export const ERASED_FRAMEWORK = 'erased';

export const assessments = table({
  name: 'assessments',
  columns: {
    position: 'integer',
    /** `avoided`, `recorded`, or `apart`: recorded beside one that its sender might not know of. */
    outcome: 'text',
    /** Who sent it. */
    agency: 'text',
    framework: 'text',
    /** `YYYY-MM` in London, when the broker took it. */
    month: 'text',
    learner: 'text',
    category: 'text',
  },
  key: ['position'],
  indexes: [['agency', 'framework', 'month', 'outcome'], ['learner']],
});

const frameworkOf = (event: ProjectedEvent): string => {
  const opened = event.open();
  const framework = opened?.header.existing?.framework ?? opened?.event?.data['framework'];
  return typeof framework === 'string' ? framework : ERASED_FRAMEWORK;
};

/** One was valid then that its sender might not know of: nobody could have met it with that (ADR 8). */
const isApart = (event: ProjectedEvent): boolean => event.open()?.header.notes?.apartFrom !== undefined;

const count = (event: ProjectedEvent, rows: RowWriter): void => {
  const { position, type, stream, meta, recordedAt } = event.recorded;
  const learner = learnerOfStream(stream);
  if (learner === undefined) return;
  rows.put(assessments, {
    position,
    outcome: type === REPEAT_AVOIDED ? 'avoided' : isApart(event) ? 'apart' : 'recorded',
    agency: meta.actor,
    framework: frameworkOf(event),
    month: londonDate(recordedAt).slice(0, 7),
    learner,
    category: meta.category ?? '',
  });
};

export const captureOnce: Projector = {
  name: 'capture-once',
  version: 3,
  tables: [assessments],
  types: new Set([ASSESSMENT_RECORDED, REPEAT_AVOIDED, ERASED]),
  apply: (event, rows) => {
    if (event.recorded.type !== ERASED) return count(event, rows);
    const erasure = erasureIn(event.recorded);
    if (!erasure) return;
    rows.change(assessments, erasure, { framework: ERASED_FRAMEWORK });
    // That one was valid beside it is in what was erased: who goes over the log again finds it recorded, and no more.
    rows.change(assessments, { ...erasure, outcome: 'apart' }, { outcome: 'recorded' });
  },
};
