// A finding of the data manager's queue, and its records side by side, in the document.
import { MATCH_OUTCOMES, QUEUE_KINDS } from '#learner-file';
import { MATCH_STATES } from '#read-models';
import { objectOf, ref } from './openapi.ts';

export interface DecisionBody {
  readonly position: string;
  readonly outcome: string;
  readonly isUnmerge: boolean;
  readonly reason: string;
  readonly staff?: string;
  readonly decidedAt: string;
}

export interface HangingBody {
  readonly match: string;
  readonly kind: string;
  readonly agency?: string;
  readonly type?: string;
  readonly since: string;
}

export interface MatchBody {
  readonly match: string;
  readonly kind: string;
  readonly state: string;
  readonly learners: readonly string[];
  readonly agencies: readonly string[];
  readonly agency?: string;
  readonly beside?: string;
  readonly identifier?: string;
  readonly type?: string;
  readonly right?: string;
  readonly since: string;
  readonly agreeOn: readonly string[];
  readonly differOn: readonly string[];
  readonly score?: number;
  readonly waiting: readonly HangingBody[];
  readonly overdue: boolean;
  readonly decisions?: readonly DecisionBody[];
}

export interface StatementBody {
  readonly type: string;
  readonly source?: string;
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ConflictBody {
  readonly agency?: string;
  readonly identifier?: string;
  readonly since: string;
}

export interface NumbersBody {
  readonly learner: string;
  readonly ulns: readonly string[];
  readonly agencies: readonly string[];
}

export interface SideBySide extends MatchBody {
  readonly records: readonly { readonly learner: string; readonly statements: readonly StatementBody[] }[];
  readonly conflicts?: readonly ConflictBody[];
  readonly numbers?: readonly NumbersBody[];
}

export interface SettledBody {
  readonly match: string;
  readonly outcome: string;
  readonly goesOn?: string;
  readonly position: string;
}

export const ONE = '0f5c2b9e-2f0e-4a51-9d0a-6f6c7f0f3a11';
export const OTHER = '7d3e6a58-5f0d-4e0c-8a4b-1d2f3c4b5a69';
export const MATCH: MatchBody = {
  match: `possible-match.${ONE}.${OTHER}`,
  kind: 'possible-match',
  state: 'open',
  learners: [ONE, OTHER],
  agencies: ['black-country-training', 'wulfrun-college'],
  since: '2026-10-05T08:00:00.000Z',
  agreeOn: ['familyName', 'dateOfBirth', 'postcode'],
  differOn: ['givenName'],
  score: 75,
  waiting: [],
  overdue: false,
};

/** What whoever decides was shown. */
export const AFTER = {
  type: 'string',
  pattern: '^(?:0|[1-9][0-9]{0,14})$',
  description:
    'Position of the last of `decisions` that whoever decides was shown, 0 where there was none: refused where anything was decided about the match since. Absent: decided whatever was decided before.',
} as const;

export const texts = (description: string) => ({ type: 'array', items: { type: 'string' }, description }) as const;

export const decisionMade = objectOf<DecisionBody>(
  {
    position: ref('Position'),
    outcome: { enum: [...MATCH_OUTCOMES], description: 'What was decided.' },
    isUnmerge: { type: 'boolean', description: 'It parted two who had been merged.' },
    reason: { type: 'string', description: 'Why, as whoever decided wrote it.' },
    staff: { type: 'string', description: 'Who decided; absent where that was not told.' },
    decidedAt: { type: 'string', format: 'date-time', description: 'When it was recorded.' },
  },
  ['position', 'outcome', 'isUnmerge', 'reason', 'decidedAt'],
);

export const matchMembers = {
  match: { type: 'string', description: 'Names it to whoever decides.' },
  kind: { enum: [...QUEUE_KINDS], description: 'How it was found.' },
  state: { enum: [...MATCH_STATES], description: 'What was decided of the two; open: nothing yet.' },
  learners: { type: 'array', items: { type: 'string' }, description: "The broker's own ids of whom it is about." },
  agencies: texts('Slugs of whoever stated something of them, and whose contribution it is.'),
  agency: { type: 'string', description: 'Whose contribution brought it about.' },
  beside: { type: 'string', description: 'Of an assessment recorded apart: whose one stands beside it.' },
  identifier: {
    type: 'string',
    enum: ['localId', 'uln'],
    description: 'Of identifiers in conflict: which of the agency’s own contradicts what it told before. Absent where that was not noted.',
  },
  type: { type: 'string', description: 'Of a contribution that came under a number alone: its type.' },
  right: {
    type: 'string',
    description:
      'Of two who are one person and were told of with two ULNs: the one of `learners` in whose record the right one is. It has to be said where the match tells `numbers`, and nowhere else.',
  },
  since: { type: 'string', format: 'date-time', description: 'When it was found.' },
  agreeOn: texts('What both state alike.'),
  differOn: texts('What they state otherwise.'),
  score: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    description: 'Of a hundred, how much of what both state is alike. Absent where there is nothing to compare.',
  },
  waiting: {
    type: 'array',
    items: ref('WaitingContribution'),
    description:
      'What hangs on it: assessments recorded apart, registrations refused and contributions under a number alone that are about the same learners and wait; of a tie, itself.',
  },
  overdue: { type: 'boolean', description: 'Open for more than ten working days.' },
  decisions: {
    type: 'array',
    items: ref('MatchDecisionMade'),
    description: 'What was decided so far, the first first: of one match, and of lists by `state` other than `open`.',
  },
} as const;
export const NEEDED = ['match', 'kind', 'state', 'learners', 'agencies', 'since', 'agreeOn', 'differOn', 'waiting', 'overdue'] as const;
