// The data manager's work as pages show it: queues with their oldest, two records side by side, what hangs on them. Pure.
import { dayText } from '../shell/times.ts';
import type { IssuesCounted } from './issues.ts';

export const KINDS = [
  'possible-match',
  'same-number',
  'link-conflict',
  'recorded-apart',
  'under-number-alone',
  'residence-unconfirmed',
  'adviser-unconfirmed',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds for which everybody is gone through: of them a page is told. */
export const TIE_KINDS: readonly Kind[] = ['residence-unconfirmed', 'adviser-unconfirmed'];

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  'possible-match': 'Possible matches',
  'same-number': 'One number, several people',
  'link-conflict': 'Identifiers in conflict',
  'recorded-apart': 'Assessments recorded apart',
  'under-number-alone': 'Told under a number alone',
  'residence-unconfirmed': 'Residence unconfirmed',
  'adviser-unconfirmed': 'Adviser unconfirmed',
};

export const OUTCOMES = ['same', 'different', 'deferred'] as const;
export type Outcome = (typeof OUTCOMES)[number];
const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  same: 'They are one person',
  different: 'They are two people',
  deferred: 'Not sure yet',
};

/** Of what was told under a number that two had while they were one. */
const OUTCOME_NAMES_OF_ONE: Readonly<Record<Outcome, string>> = {
  same: 'It is this learner’s',
  different: 'It is somebody else’s',
  deferred: 'Not sure yet',
};

/** Of what one agency told of one learner twice. */
const OUTCOME_NAMES_OF_IDENTIFIERS: Readonly<Record<Outcome, string>> = {
  same: 'What was told later is right',
  different: 'What was told first is right',
  deferred: 'Not sure yet',
};

type About = Pick<Match, 'kind' | 'learners'>;

/** Identifiers of one learner that contradict one another: no merge solves that. */
export const isOfIdentifiers = ({ kind, learners }: About): boolean => kind === 'link-conflict' && learners.length === 1;

export const outcomeNamesOf = (match: About): Readonly<Record<Outcome, string>> => {
  if (isOfIdentifiers(match)) return OUTCOME_NAMES_OF_IDENTIFIERS;
  return match.kind === 'under-number-alone' ? OUTCOME_NAMES_OF_ONE : OUTCOME_NAMES;
};

/** A contribution that waits, and the finding by which it is known. */
export type Hanging = Pick<Match, 'match' | 'kind' | 'agency' | 'type' | 'since'>;

export interface Match {
  readonly match: string;
  readonly kind: Kind;
  readonly state: 'open' | Outcome;
  readonly learners: readonly string[];
  readonly agency?: string;
  readonly beside?: string;
  /** Of identifiers in conflict: which of the agency's own, where that was noted. */
  readonly identifier?: 'localId' | 'uln';
  /** Of what was told under a number alone: the type of event. */
  readonly type?: string;
  /** Of two who are one, with two numbers: in whose record the right one is. */
  readonly right?: string;
  readonly since: string;
  readonly agreeOn: readonly string[];
  readonly differOn: readonly string[];
  readonly score?: number;
  /** What hangs on it. */
  readonly waiting: readonly Hanging[];
  readonly overdue: boolean;
  /** The first first; of lists where it was asked for. */
  readonly decisions?: readonly Decision[];
}

export interface Statement {
  readonly type: string;
  readonly source?: string;
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One decision of the data manager, as it was recorded. */
export interface Decision {
  readonly position: string;
  readonly outcome: Outcome;
  /** It parted two who had been merged. */
  readonly isUnmerge: boolean;
  readonly reason: string;
  readonly staff?: string;
  readonly decidedAt: string;
}

export interface SideBySide extends Match {
  /** Of identifiers in conflict: all about these learners. */
  readonly conflicts?: readonly Pick<Match, 'agency' | 'identifier' | 'since'>[];
  readonly records: readonly { readonly learner: string; readonly statements: readonly Statement[] }[];
  /** Of two who have ULNs, and none in common: of each those, and of whom the records show it who supplied them. */
  readonly numbers?: readonly { readonly learner: string; readonly ulns: readonly string[]; readonly agencies: readonly string[] }[];
}

export interface Queue {
  readonly kind: Kind;
  readonly name: string;
  readonly open: readonly Match[];
  readonly overdue: number;
  /** Since when the oldest waits. */
  readonly oldest: string | undefined;
}

/** What waits, kind by kind; what is put off waits too. */
export const queuesOf = (matches: readonly Match[]): readonly Queue[] =>
  KINDS.map((kind) => {
    const open = matches.filter((one) => one.kind === kind && isWaiting(one));
    return {
      ...{ kind, name: KIND_NAMES[kind], open },
      overdue: open.filter(({ overdue }) => overdue).length,
      oldest: open.map(({ since }) => since).sort()[0],
    };
  });

export const isWaiting = ({ state }: Pick<Match, 'state'>): boolean => state === 'open' || state === 'deferred';

/** Of two a decision is asked for; one learner's tie, or assessment, is settled elsewhere. */
export const isPair = ({ learners }: Pick<Match, 'learners'>): boolean => learners.length === 2;

/** Whose something is, and what of it is right, can be said anew at any time; two who were merged are parted first. */
export const isToDecide = (match: Match): boolean =>
  match.kind === 'under-number-alone' || isOfIdentifiers(match) || (isPair(match) && isWaiting(match));

/** Two who are one by now: that can be undone. */
export const isMerged = (match: Pick<Match, 'learners' | 'state'>): boolean => isPair(match) && match.state === 'same';

/** `Assessment recorded` of `uk.concordat.assessment.recorded.v1`. */
export const toldWhat = ({ type = '' }: Pick<Match, 'type'>): string => {
  const words = (TYPE.exec(type)?.[1] ?? '').replace(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

// Two records side by side.

export interface Said {
  readonly value: string;
  readonly source: string;
  readonly on: string | undefined;
}

export interface Compared {
  readonly name: string;
  readonly differs: boolean;
  /** Of each record what its sources said, the last first. */
  readonly cells: readonly (readonly Said[])[];
}

const FIELDS = {
  givenName: 'Given name',
  familyName: 'Family name',
  dateOfBirth: 'Date of birth',
  postcode: 'Postcode',
  uln: 'ULN',
} as const;

const AGENCY = 'urn:concordat:agency:';
const TYPE = /^uk\.concordat\.(.+)\.v\d+$/;

const sourceOf = ({ source = '' }: Statement): string => source.replace(AGENCY, '');
const shortOf = ({ type }: Statement): string => TYPE.exec(type)?.[1] ?? type;
const isIdentity = (statement: Statement): boolean => shortOf(statement).startsWith('learner.');

export const saidOf = (statements: readonly Statement[], field: string): readonly Said[] =>
  statements
    .flatMap((statement) => {
      const value = isIdentity(statement) ? statement.data[field] : undefined;
      return typeof value === 'string' ? [{ value, source: sourceOf(statement), on: statement.time?.slice(0, 10) }] : [];
    })
    .toReversed();

/** Statement by statement, with their sources and days. */
export const comparedOf = ({ records, differOn }: SideBySide): readonly Compared[] =>
  Object.entries(FIELDS).map(([field, name]) => ({
    ...{ name, differs: differOn.includes(field) },
    cells: records.map(({ statements }) =>
      saidOf(statements, field).map((said) => (field === 'dateOfBirth' ? { ...said, value: dayText(said.value) } : said)),
    ),
  }));

const DAYS = ['startedOn', 'leftOn', 'on', 'from', 'assessedOn', 'plannedEnd', 'validUntil'];

const worded = (statement: Statement): string => {
  const { data } = statement;
  const days = DAYS.flatMap((name) => (typeof data[name] === 'string' ? [`${DAY_WORDS[name] ?? name} ${dayText(data[name])}`] : []));
  return [shortOf(statement).replace('.', ' ').replaceAll('-', ' '), ...days].join(', ');
};

const DAY_WORDS: Readonly<Record<string, string>> = {
  startedOn: 'from',
  leftOn: 'left',
  on: 'on',
  from: 'from',
  assessedOn: 'assessed on',
  plannedEnd: 'planned to',
  validUntil: 'valid to',
};

/** By what the records call them. */
export const namesIn = ({ records }: Pick<SideBySide, 'records'>): readonly string[] =>
  records.flatMap(({ statements }) => ['givenName', 'familyName'].flatMap((field) => saidOf(statements, field)).map(({ value }) => value));

/** What else is known of each record, as dates alone: what hangs on the decision. */
export const hangingOn = ({ records }: SideBySide): readonly (readonly Said[])[] =>
  records.map(({ statements }) =>
    statements
      .filter((statement) => !isIdentity(statement))
      .map((statement) => ({ value: worded(statement), source: sourceOf(statement), on: statement.time?.slice(0, 10) })),
  );

/** `next` names kinds of which there is a further page, where something may wait. */
export const nothingWaits = (
  queues: readonly Queue[],
  next: Readonly<Record<string, string | undefined>>,
  { count }: IssuesCounted,
): boolean => count === 0 && queues.every(({ kind, open }) => open.length === 0 && next[kind] === undefined);
