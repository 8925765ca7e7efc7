// What a data manager has to look at: possible matches, identifiers in conflict, assessments recorded apart (contracts.md).
import { LINK_CONFLICT_FOUND, type LinkConflictFound, learnerOfStream, MATCH_KEY_SEEN, type MatchKeySeen } from '#learner-file';
import { ASSESSMENT_RECORDED, ERASED, erasureIn, type ProjectedEvent, type Projector, type RowOf, type RowWriter, table } from '../engine/index.ts';

export type DataQualityKind = 'possible-match' | 'link-conflict' | 'recorded-apart';

export const queue = table({
  name: 'queue',
  columns: {
    position: 'integer',
    kind: 'text',
    /** JSON list of learner ids. */
    learners: 'text',
    agency: 'text?',
    /** Of an assessment recorded apart: the agency whose one stands beside it. */
    beside: 'text?',
    opened_at: 'integer',
    /** Whose erasure, of which category, takes the row with it: it was made from opened data. */
    erased_with: 'text?',
    category: 'text?',
  },
  key: ['position'],
  indexes: [['erased_with']],
});

interface Finding extends Partial<Omit<RowOf<typeof queue>, 'learners'>> {
  readonly kind: DataQualityKind;
  readonly learners: readonly string[];
}

const add = ({ recorded }: ProjectedEvent, rows: RowWriter, { learners, ...finding }: Finding): void => {
  const { position, recordedAt: opened_at } = recorded;
  rows.put(queue, { agency: null, beside: null, erased_with: null, category: null, ...finding, learners: JSON.stringify(learners), position, opened_at });
};

const addMatch = (event: ProjectedEvent, rows: RowWriter): void => {
  const seen = event.content<MatchKeySeen>();
  if (seen && seen.suspects.length > 0) add(event, rows, { kind: 'possible-match', learners: [...seen.suspects, seen.learner] });
};

const addConflict = (event: ProjectedEvent, rows: RowWriter): void => {
  const found = event.content<LinkConflictFound>();
  if (found) add(event, rows, { kind: 'link-conflict', ...found });
};

const addApart = (event: ProjectedEvent, rows: RowWriter): void => {
  const { stream, meta } = event.recorded;
  const learner = learnerOfStream(stream);
  const apartFrom = event.open()?.header.notes?.apartFrom;
  if (learner === undefined || !apartFrom) return;
  const erasable = { erased_with: learner, category: meta.category ?? null };
  add(event, rows, { kind: 'recorded-apart', learners: [learner], agency: meta.actor, beside: apartFrom.source, ...erasable });
};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = erasureIn(event);
  if (!erasure) return;
  const { learner: erased_with, ...category } = erasure;
  rows.remove(queue, { erased_with, ...category });
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [MATCH_KEY_SEEN, addMatch],
  [LINK_CONFLICT_FOUND, addConflict],
  [ASSESSMENT_RECORDED, addApart],
  [ERASED, removeErased],
]);

export const dataQuality: Projector = {
  name: 'data-quality',
  version: 1,
  tables: [queue],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
