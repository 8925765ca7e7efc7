// By which columns the data manager's lists are sorted, each by what its cells show (console.md, 3; ADR 77).
import type { SortedColumn } from '../shell/sorting.ts';
import type { DecisionLine } from './decisions.ts';
import type { Issue } from './issues.ts';
import { KIND_NAMES, type Match } from './queues.ts';

type Named = (text?: string) => string;

export const decisionColumns: readonly SortedColumn<DecisionLine>[] = [
  { name: 'match', label: 'Match', kind: 'text', keyOf: ({ kind, since }) => `${KIND_NAMES[kind]} ${since}` },
  { name: 'says', label: 'Decided', kind: 'text', keyOf: ({ says }) => says },
  { name: 'on', label: 'On', kind: 'day', keyOf: ({ decidedAt }) => decidedAt },
  { name: 'by', label: 'By', kind: 'text', keyOf: ({ staff = '' }) => staff },
  { name: 'why', label: 'Why', kind: 'text', keyOf: ({ reason }) => reason },
];

/** As its cell says it. */
export const stateOf = ({ state, overdue }: Pick<Match, 'state' | 'overdue'>): string =>
  `${state === 'deferred' ? 'put off' : 'open'}${overdue ? ', overdue' : ''}`;

export const queueColumns = (named: Named): readonly SortedColumn<Match>[] => [
  { name: 'since', label: 'Since', kind: 'day', keyOf: ({ since }) => since },
  { name: 'agency', label: 'Agency', kind: 'text', keyOf: ({ agency }) => named(agency) },
  { name: 'alike', label: 'Alike', kind: 'number', isNumeric: true, keyOf: ({ score = '' }) => score },
  { name: 'waiting', label: 'Hang on it', kind: 'number', isNumeric: true, keyOf: ({ waiting }) => waiting.length },
  { name: 'state', label: 'State', kind: 'text', keyOf: stateOf },
];

export const issueColumns = (named: Named): readonly SortedColumn<Issue>[] => [
  { name: 'agency', label: 'Agency', kind: 'text', keyOf: ({ source }) => named(source ?? '') },
  { name: 'since', label: 'Since', kind: 'day', keyOf: ({ since }) => since },
  { name: 'position', label: 'Event at position', kind: 'number', isNumeric: true, keyOf: ({ position }) => Number(position ?? 0) || '' },
  { name: 'term', label: 'Term', kind: 'text', keyOf: ({ overdue }) => (overdue ? 'overdue' : '') },
];
