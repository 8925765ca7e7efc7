// What each agency stated of who the learner is, kept as a line of text each:
// which of it counts is judged when asked (sharing-matrix.md, W4, W7).
import type { CatalogueData } from '#catalogue';
import { oneCopy, oneCopyOfList, type Recorded } from '#contribution';
import type { AgencySlug, Instant, Revision } from '#kernel';
import { compactPostcode, folded } from './match-key.ts';

/** Fields of an identity that are told one by one. */
export const IDENTITY_FIELDS = ['givenName', 'familyName', 'dateOfBirth', 'postcode', 'sex', 'contact'] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];

export type StatementKind = 'registered' | 'corrected' | 'residence';

export interface Statement {
  readonly source: AgencySlug;
  readonly revision: Revision;
  readonly at: Instant;
  readonly kind: StatementKind;
  /** Told by a youth-offending team, custody or social services: that such a service knows a learner is not told by an identity. */
  readonly byService: boolean;
  /** Told on the learner's own page. */
  readonly byLearner: boolean;
  /** The postcode and contact told with it pass no clause. */
  readonly withheld: boolean;
  readonly has: ReadonlySet<IdentityField>;
  /** Folded, so that spellings agree; empty where not told. */
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string;
  /** Compact, upper case. */
  readonly postcode: string;
}

export interface Statements {
  readonly sources: readonly AgencySlug[];
  /** A line for each source. */
  readonly lines: string;
}

export const noStatements: Statements = { sources: [], lines: '' };

const SERVICES: readonly string[] = ['yot', 'custody', 'social-services'];
const KINDS: readonly StatementKind[] = ['registered', 'corrected', 'residence'];

type Stated = Recorded<'learner.registered'> | Recorded<'learner.corrected'> | Recorded<'residence.stated'>;

const kindOf = (event: Recorded): StatementKind | undefined => {
  if (event.type === 'learner.registered') return 'registered';
  if (event.type === 'learner.corrected') return 'corrected';
  return event.type === 'residence.stated' ? 'residence' : undefined;
};

const flag = (holds: boolean): string => (holds ? '1' : '0');

const lineOf = ({ data, sourceRoles, revision, at }: Stated, kind: StatementKind): string => {
  const told = data as Partial<CatalogueData['learner.corrected']>;
  const has = IDENTITY_FIELDS.map((field) => flag(told[field] !== undefined)).join('');
  const byService = sourceRoles.some((role) => SERVICES.includes(role));
  const byLearner = sourceRoles.includes('self-service');
  const flags = `${KINDS.indexOf(kind)}${flag(byService)}${flag(byLearner)}${flag(told.withheld === true)}${has}`;
  const texts = [folded(told.givenName ?? ''), folded(told.familyName ?? ''), told.dateOfBirth ?? '', compactPostcode(told.postcode ?? '')];
  // Joined, a text is in one piece: put together by a template it holds on to its parts.
  return [revision, at, flags, ...texts].join('\t');
};

export const evolveStatements = (before: Statements, event: Recorded): Statements => {
  const kind = kindOf(event);
  if (kind === undefined) return before;
  const line = lineOf(event as Stated, kind);
  return {
    sources: oneCopyOfList([...before.sources, oneCopy(event.source)]),
    lines: before.lines === '' ? line : [before.lines, line].join('\n'),
  };
};

const statementOf = (source: AgencySlug, line: string): Statement => {
  const [revision, at, flags = '', givenName = '', familyName = '', dateOfBirth = '', postcode = ''] = line.split('\t');
  const [kind = '0', byService, byLearner, withheld, ...has] = flags;
  return {
    source,
    revision: Number(revision),
    at: Number(at),
    kind: KINDS[Number(kind)] ?? 'registered',
    byService: byService === '1',
    byLearner: byLearner === '1',
    withheld: withheld === '1',
    has: new Set(IDENTITY_FIELDS.filter((_, place) => has[place] === '1')),
    givenName,
    familyName,
    dateOfBirth,
    postcode,
  };
};

/** The lines stay read as long as they are held: what is forgotten is forgotten here too. */
const read = new WeakMap<Statements, readonly Statement[]>();

/** In the order in which they were made. */
export const statementsIn = (statements: Statements): readonly Statement[] => {
  const { sources, lines } = statements;
  if (sources.length === 0) return [];
  const known = read.get(statements);
  if (known) return known;
  const all = lines.split('\n').map((line, place) => statementOf(sources[place] ?? '', line));
  read.set(statements, all);
  return all;
};
