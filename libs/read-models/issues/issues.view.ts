// Facts of every learner for the rules of data quality, what the rules find in them, each for as long as it holds (ADR 0067), and what they
// come to of how complete each agency's records are (ADR 0071).
import type { ShortType } from '#catalogue';
import { londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { lastDayOf, monthOf } from '#reports';
import { type ProjectedEvent, type Projector, type Row, type RowOf, type RowWriter, table } from '../engine/index.ts';
import { besideOthersIn } from './beside-others.ts';
import { decidingWith } from './deciding-facts.ts';
import { factIn, type FactRow, factTable, rowOfFact } from './fact-table.ts';
import { type Fact, FACT_TYPES, factOf } from './facts.ts';
import { measuredTable, measuresTable } from './measured.ts';
import { EVER, type LastingFinding, lastingFindings, NEVER } from './lasting-findings.ts';
import { FOR_ITS_SOURCE, inOrder, rankOf, severityOf } from './rules.ts';

/** Of all agencies' words together; no slug is empty. */
export const EVERYBODY = '';

/** What is found of an agency's words beside those of others; no slug has a blank. */
export const besideOthers = (slug: string): string => `${slug} beside`;

/** Findings of the rules, each as long as it holds: of one agency's words by themselves, of these beside others', and of everybody's. */
export const foundTable = table({
  name: 'found',
  columns: {
    learner: 'text',
    /** Whose words make it: an agency's, an agency's beside those of others, or everybody's. */
    words: 'text',
    /** Of the event that it is about. */
    revision: 'integer',
    rule: 'text',
    from_day: 'text',
    /** The last. */
    to_day: 'text',
    /** Found as long as that does not hold, which no learner's facts tell; empty where nothing of the kind matters. */
    unless: 'text',
    /** What blocks first. */
    rank: 'integer',
    known_at: 'integer',
    position: 'integer',
    /** Of the event. */
    source: 'text',
    /** Places of the events that it rests on besides. */
    beside: 'text',
  },
  key: ['learner', 'words', 'revision', 'rule', 'from_day', 'unless'],
  // In the order of pages; what a page passes over is told from the index alone.
  indexes: [
    [
      ...(['words', 'unless', 'rank', 'known_at', 'position', 'rule', 'learner', 'revision', 'from_day'] as const),
      ...(['to_day', 'source'] as const),
    ],
  ],
  conclusions: {
    of: 'facts',
    by: 'learner',
    draw: (rows): readonly Row[] => findingsOf(rows as readonly FactRow[]),
    beside: (row) => decidingWith(row as FactRow),
  },
});

/** On what else findings of whose words rest. */
export const conditionsTable = table({
  name: 'conditions',
  columns: { words: 'text', unless: 'text', findings: 'integer' },
  key: ['words', 'unless'],
  totals: { of: 'found', rows: 'findings' },
});

type FoundRow = RowOf<typeof foundTable>;

/** It was so from ever on, and over when it was told: on no day since then is it found, and most of what is told is of that kind. */
const isOverSince = ({ from, to }: LastingFinding, knownAt: number): boolean => from === EVER && to !== NEVER && to < londonDate(knownAt);

const rowsOf = (words: string, facts: readonly FactRow[], found: readonly LastingFinding[]): readonly FoundRow[] =>
  found.flatMap((finding) => {
    const { rule, at, beside, from, to, unless = '' } = finding;
    const anchor = facts.find(({ revision }) => revision === at);
    if (!anchor || isOverSince(finding, anchor.known_at)) return [];
    const { learner, revision, known_at, position, source } = anchor;
    const days = { from_day: from, to_day: to, unless };
    return [
      { learner, words, revision, rule, ...days, rank: rankOf(severityOf(rule)), known_at, position, source, beside: beside.join(' ') },
    ];
  });

const foundIn = (words: string, facts: readonly FactRow[]): readonly FoundRow[] => rowsOf(words, facts, lastingFindings(facts.map(factIn)));

const isForItsSource = ({ type }: FactRow): boolean => FOR_ITS_SOURCE.some((one) => one === type);

/** What an agency is told of follows from its own words, and from those of others that it may see. */
const findingsOf = (facts: readonly FactRow[]): readonly FoundRow[] => {
  const all = foundIn(EVERYBODY, facts);
  const sources = new Set(facts.map(({ source }) => source));
  const theirs = new Set(facts.filter(isForItsSource).map(({ revision }) => revision));
  return [...sources].reduce(
    (found, source) => {
      if (sources.size === 1) return [...found, ...all.map((one) => ({ ...one, words: source }))];
      const beside = besideOthersIn(inOrder(facts.map(factIn)), source);
      return [...found, ...foundIn(source, factsOf(source, facts)), ...rowsOf(besideOthers(source), facts, beside)];
    },
    all.filter(({ revision }) => !theirs.has(revision)),
  );
};

const factsOf = (source: string, facts: readonly FactRow[]): readonly FactRow[] => facts.filter((fact) => fact.source === source);

const RETRACTED = 'uk.concordat.record.retracted.v1';
const shortOf = new Map<string, ShortType>(FACT_TYPES.map((short) => [`uk.concordat.${short}.v1`, short]));

const IDENTITIES: readonly ShortType[] = ['learner.registered', 'learner.corrected'];

/** Nobody's birthday is kept: the last day of its month suffices to propose what is then looked at exactly. */
const coarse = ({ type, day }: Fact): Fact['day'] => (day !== null && IDENTITIES.includes(type) ? lastDayOf(monthOf(day)) : day);

const add = (event: ProjectedEvent, rows: RowWriter, type: ShortType): void => {
  const { stream, revision, position, meta, recordedAt: known_at } = event.recorded;
  const [learner, told] = [learnerOfStream(stream), event.open()?.event];
  if (learner === undefined || told === undefined || meta.category === undefined) return;
  const fact = factOf({ place: revision, type, source: meta.actor }, told.data, londonDate(Date.parse(told.time)));
  if (fact === undefined) return;
  rows.put(factTable, rowOfFact({ ...fact, day: coarse(fact) }, { learner, position, known_at, category: meta.category }));
};

const removeTakenBack = (event: ProjectedEvent, rows: RowWriter): void => {
  const [learner, revision] = [learnerOfStream(event.recorded.stream), event.open()?.header.notes?.names];
  if (learner !== undefined && revision !== undefined) rows.remove(factTable, { learner, revision });
};

export const issuesView: Projector = {
  name: 'issues',
  version: 9,
  tables: [factTable, foundTable, conditionsTable, measuredTable, measuresTable],
  types: new Set([...shortOf.keys(), RETRACTED, ERASED]),
  apply: (event, rows) => {
    const type = shortOf.get(event.recorded.type);
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(factTable, erasure);
    else if (type) add(event, rows, type);
    else removeTakenBack(event, rows);
  },
};
