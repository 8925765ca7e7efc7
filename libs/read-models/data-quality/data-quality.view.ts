// What a data manager has to look at: possible matches, one number for several people, identifiers in conflict, assessments recorded
// apart (contracts.md; sharing-matrix.md, W7).
import {
  ERASED,
  erasureIn,
  IDENTIFIER_LINKED,
  type IdentifierLinked,
  learnerOfStream,
  LINK_CONFLICT_FOUND,
  type LinkConflictFound,
  MATCH_DECIDED,
  MATCH_KEY_SEEN,
  type MatchDecided,
  type MatchKeySeen,
  type MatchKind,
  UNDER_NUMBER_ALONE,
} from '#learner-file';
import { ASSESSMENT_RECORDED, type ProjectedEvent, type Projector, type RowOf, type RowWriter, table } from '../engine/index.ts';

export type DataQualityKind = MatchKind | typeof UNDER_NUMBER_ALONE;

export const queue = table({
  name: 'queue',
  columns: {
    position: 'integer',
    kind: 'text',
    /** JSON list of learner ids. */
    learners: 'text',
    /** 0 for what is found again and again, and is then one row; of what waits its revision; else the position. */
    finding: 'integer',
    agency: 'text?',
    /** Of an assessment recorded apart: the agency whose one stands beside it. */
    beside: 'text?',
    /** Of identifiers in conflict: which of the agency's own. */
    identifier: 'text?',
    /** Of what waits: the type of event. */
    type: 'text?',
    opened_at: 'integer',
    /** Whose erasure, of which category, takes the row with it: it was made from opened data. Of a pair, either's. */
    erased_with: 'text?',
    or_with: 'text?',
    category: 'text?',
  },
  key: ['kind', 'learners', 'finding'],
  merge: { position: 'min', opened_at: 'min' },
  indexes: [['erased_with'], ['or_with'], ['kind', 'agency', 'position', 'learners', 'finding']],
});

/** What the data manager made of a pair, however it was found. */
export const decisions = table({
  name: 'decisions',
  columns: {
    /** JSON list of learner ids, sorted; of one learner the name of the match. */
    pair: 'text',
    outcome: 'text',
    /** Of two numbers of one person: whose record has the right one. */
    right: 'text?',
    decided_at: 'integer',
    erased_with: 'text?',
    or_with: 'text?',
    category: 'text',
  },
  key: ['pair'],
  indexes: [['erased_with'], ['or_with']],
});

/** Where each such decision stands in the log: what was said of it is opened there. */
export const decided = table({
  name: 'decided',
  columns: { pair: 'text', position: 'integer', erased_with: 'text?', or_with: 'text?', category: 'text' },
  key: ['pair', 'position'],
  indexes: [['erased_with'], ['or_with']],
});

interface Finding extends Partial<Omit<RowOf<typeof queue>, 'learners'>> {
  readonly kind: DataQualityKind;
  readonly learners: readonly string[];
}

const AGAIN: readonly DataQualityKind[] = ['same-number', 'possible-match'];

const add = ({ recorded }: ProjectedEvent, rows: RowWriter, { learners, ...finding }: Finding): void => {
  const { position, recordedAt: opened_at } = recorded;
  const place = { learners: JSON.stringify(learners), position, opened_at };
  const empty = { agency: null, beside: null, identifier: null, type: null, erased_with: null, or_with: null, category: null };
  rows.merge(queue, { ...empty, finding: AGAIN.includes(finding.kind) ? 0 : position, ...finding, ...place });
};

const IDENTITY = 'identity';

const pairOf = (learners: readonly string[]): Pick<Finding, 'learners' | 'erased_with' | 'or_with' | 'category'> => ({
  learners,
  erased_with: learners[0] ?? null,
  or_with: learners[1] ?? null,
  category: IDENTITY,
});

const addMatch = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, suspects = [] } = event.content<MatchKeySeen>() ?? {};
  if (learner === undefined) return;
  for (const suspect of suspects) add(event, rows, { kind: 'possible-match', ...pairOf([suspect, learner].sort()) });
};

/** A row for each pair, however often it is registered: two learners have a number, and are not plainly one person. */
const addSameNumber = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, agency, beside = [] } = event.content<IdentifierLinked>() ?? {};
  if (learner === undefined) return;
  for (const other of beside) add(event, rows, { kind: 'same-number', ...pairOf([learner, other].sort()), agency: agency ?? null });
};

/** Of an agency's identifier of one learner that is found again, which is once the last one was decided, as it was found last. */
const addConflict = (event: ProjectedEvent, rows: RowWriter): void => {
  const found = event.content<LinkConflictFound>();
  if (found === undefined) return;
  const { learners, agency, identifier } = found;
  const again = { kind: 'link-conflict', learners: JSON.stringify(learners), agency } as const;
  if (learners.length === 1 && identifier !== undefined) rows.remove(queue, { ...again, identifier });
  add(event, rows, { kind: 'link-conflict', ...found });
};

const addApart = (event: ProjectedEvent, rows: RowWriter): void => {
  const { stream, meta } = event.recorded;
  const learner = learnerOfStream(stream);
  const apartFrom = event.open()?.header.notes?.apartFrom;
  if (learner === undefined || !apartFrom) return;
  const erasable = { erased_with: learner, category: meta.category ?? null };
  add(event, rows, { kind: 'recorded-apart', learners: [learner], agency: meta.actor, beside: apartFrom.source, ...erasable });
};

const addWaiting = (event: ProjectedEvent, rows: RowWriter, { waiting = [] }: MatchDecided): void => {
  for (const { learner, revision, type, source } of waiting)
    add(event, rows, { kind: UNDER_NUMBER_ALONE, ...pairOf([learner]), finding: revision, agency: source, type });
};

/** It stands in the streams of both: the second says the same. */
const putDecision = (event: ProjectedEvent, rows: RowWriter): void => {
  const told = event.content<MatchDecided>();
  if (told === undefined) return;
  addWaiting(event, rows, told);
  const pair = told.learners.toSorted();
  const { erased_with = null, or_with = null } = pairOf(pair);
  const { recordedAt: decided_at, position, stream } = event.recorded;
  const of = pair.length > 1 ? JSON.stringify(pair) : told.match;
  const erasable = { erased_with, or_with, category: IDENTITY };
  const { outcome, right = null } = told;
  rows.put(decisions, { pair: of, outcome, right, decided_at, ...erasable });
  if (learnerOfStream(stream) === pair[0]) rows.put(decided, { pair: of, position, ...erasable });
};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = erasureIn(event.recorded);
  if (!erasure) return;
  const { learner, ...category } = erasure;
  for (const rowsOf of [queue, decisions, decided]) {
    rows.remove(rowsOf, { erased_with: learner, ...category });
    rows.remove(rowsOf, { or_with: learner, ...category });
  }
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [MATCH_KEY_SEEN, addMatch],
  [IDENTIFIER_LINKED, addSameNumber],
  [LINK_CONFLICT_FOUND, addConflict],
  [ASSESSMENT_RECORDED, addApart],
  [MATCH_DECIDED, putDecision],
  [ERASED, removeErased],
]);

export const dataQuality: Projector = {
  name: 'data-quality',
  version: 8,
  tables: [queue, decisions, decided],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
