// The data manager's queue as it is shown: how alike the records are, what hangs on them, and how long they have waited (views.md, S15).
import type { OfficeAsker } from '#access';
import type { AnswerItem, Gate, ListRow, MatchDecision, ShownRecord, WaitingTie } from '#disclosure';
import { agencyOf, type AgencySlug, type Instant, type LearnerId, londonDate, londonDayStart, type Position } from '#kernel';
import { type QueueKind, queueId, TIE_KINDS, type TieKind } from '#learner-file';
import {
  type ClaimsAsked,
  claimsMade,
  type DataQualityEntry,
  isOlderThanWorkingDays,
  type MatchState,
  type TieProposals,
  tiesOf,
  type ViewReader,
} from '#read-models';

/** What a source says of somebody, as far as the data manager may see it. */
export interface RecordStatement {
  readonly type: string;
  readonly source?: string;
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface RecordShown {
  readonly learner: LearnerId;
  readonly statements: readonly RecordStatement[];
}

export interface Comparison {
  /** Fields of identity that both records state alike, and otherwise. */
  readonly agreeOn: readonly string[];
  readonly differOn: readonly string[];
}

/** Of identifiers: whose, and which of the agency's own has to be corrected. */
export type ConflictShown = Pick<DataQualityEntry, 'agency' | 'identifier' | 'openedAt'>;

/** All that are named so: of the same two learners several agencies may be in conflict, and one about each of its identifiers. */
export const conflictsOf = (match: string, among: readonly DataQualityEntry[]): readonly ConflictShown[] =>
  among
    .filter((entry) => entry.kind === 'link-conflict' && entry.match === match)
    .map(({ agency, identifier, openedAt }) => ({ ...(agency && { agency }), ...(identifier && { identifier }), openedAt }));

export interface DecisionShown extends Omit<MatchDecision, 'match'> {
  /** It parted two who had been merged. */
  readonly isUnmerge: boolean;
}

/** A contribution that waits: whose it is, of which type where that was noted, and the finding by which it is known. */
export interface Hanging extends Pick<DataQualityEntry, 'match' | 'agency' | 'type' | 'openedAt'> {
  readonly kind: QueueKind;
}

const hangingIn = ({ match, kind, agency, type, openedAt }: Hanging): Hanging => ({
  ...{ match, kind, ...(agency && { agency }), ...(type && { type }), openedAt },
});

export interface QueueFinding extends Omit<DataQualityEntry, 'kind' | 'position' | 'decisions'>, Comparison {
  readonly kind: QueueKind;
  /** Whoever stated something of them, and whose contribution it is. */
  readonly agencies: readonly AgencySlug[];
  /** Of a hundred, how much of what both state is alike; absent where there is nothing to compare. */
  readonly score?: number;
  /** Findings about one contribution each that are about the same learners and wait: what hangs on it. Of a tie, itself. */
  readonly waiting: readonly Hanging[];
  /** Open for more than ten working days. */
  readonly overdue: boolean;
  /** What was decided of it so far, the first first; where it was asked for. */
  readonly decisions?: readonly DecisionShown[];
}

/** As they were opened. Two who are one can be said to be two by an un-merge alone. */
export const decisionsOf = (
  { learners, decisions }: Pick<DataQualityEntry, 'learners' | 'decisions'>,
  opened: ReadonlyMap<Position, MatchDecision>,
): Pick<QueueFinding, 'decisions'> => {
  const made = decisions.flatMap((position) => opened.get(position) ?? []);
  const isUnmerge = (place: number): boolean => learners.length > 1 && made[place - 1]?.outcome === 'same';
  return { decisions: made.map(({ match: _, ...one }, place) => ({ ...one, isUnmerge: isUnmerge(place) })) };
};

const COMPARED = ['givenName', 'familyName', 'dateOfBirth', 'postcode', 'uln'] as const;
const NEVER = '""';

export const recordOf = ({ learner, items }: ListRow): RecordShown => ({
  learner,
  statements: [...items]
    .sort(([one], [other]) => one - other)
    .map(([, { type, source, time, data }]: readonly [number, AnswerItem]) => ({
      type,
      ...(source && { source }),
      ...(time && { time }),
      data,
    })),
});

const isIdentity = ({ type }: RecordStatement): boolean => type.startsWith('uk.concordat.learner.');

/** Whoever stated who the learner is. */
export const sourcesIn = ({ learner, statements }: RecordShown): ShownRecord => ({
  learner,
  sources: statements.filter(isIdentity).flatMap(({ source }) => agencyOf(source ?? '') ?? []),
});

/** As it was said last; nothing is compared that one of the two never said. */
const lastSaid = ({ statements }: RecordShown, field: string): string => {
  const said = statements.findLast((statement) => isIdentity(statement) && statement.data[field] !== undefined);
  return JSON.stringify(said?.data[field] ?? '').toLowerCase();
};

export const comparedIn = ([one, other]: readonly (RecordShown | undefined)[]): Comparison => {
  if (one === undefined || other === undefined) return { agreeOn: [], differOn: [] };
  const said = COMPARED.filter((field) => ![lastSaid(one, field), lastSaid(other, field)].includes(NEVER));
  const alike = (field: string): boolean => lastSaid(one, field) === lastSaid(other, field);
  return { agreeOn: said.filter(alike), differOn: said.filter((field) => !alike(field)) };
};

const agenciesIn = (
  { agency, beside }: Pick<DataQualityEntry, 'agency' | 'beside'>,
  records: readonly RecordShown[],
): QueueFinding['agencies'] => {
  const stated = records.flatMap(({ statements }) => statements.flatMap(({ source }) => agencyOf(source ?? '') ?? []));
  return [...new Set([...stated, ...[agency, beside].filter((one) => one !== undefined)])].sort();
};

const WAITS = 10;
const HANGING: readonly string[] = ['recorded-apart', 'link-conflict', 'under-number-alone'];

const isWaiting = ({ state }: { readonly state: MatchState }): boolean => state === 'open' || state === 'deferred';

/** `among`: all findings, of which some hang on others; a match is named by its learners, so only those are told all of whom were shown. */
export const shownAs = (
  finding: DataQualityEntry,
  {
    among,
    records,
    now,
  }: { readonly among: readonly DataQualityEntry[]; readonly records: ReadonlyMap<LearnerId, RecordShown>; readonly now: Instant },
): QueueFinding => {
  const { position: _, decisions: __, ...told } = finding;
  const [one, other] = finding.learners;
  const shown = [one, other].map((learner) => records.get(learner ?? ''));
  const compared = comparedIn(shown);
  const count = compared.agreeOn.length + compared.differOn.length;
  const hangs = among.filter(
    (entry) =>
      entry !== finding &&
      HANGING.includes(entry.kind) &&
      isWaiting(entry) &&
      entry.learners.some((learner) => finding.learners.includes(learner)) &&
      entry.learners.every((learner) => records.has(learner)),
  );
  return {
    ...told,
    agencies: agenciesIn(
      finding,
      shown.filter((record) => record !== undefined),
    ),
    ...compared,
    ...(count === 0 ? {} : { score: Math.round((100 * compared.agreeOn.length) / count) }),
    waiting: hangs.map(hangingIn),
    overdue: isWaiting(finding) && isOlderThanWorkingDays(londonDate(finding.openedAt), londonDate(now), WAITS),
  };
};

/** What contributions wait for comes first, then whatever has waited longest. */
export const queueOrder = (one: QueueFinding, other: QueueFinding): number =>
  Number(other.waiting.length > 0) - Number(one.waiting.length > 0) || one.openedAt - other.openedAt;

// Ties that wait for the data manager's voucher: where a learner lives, and who advises.

const RELATIONSHIPS: Readonly<Record<TieKind, string>> = { 'residence-unconfirmed': 'resident-area', 'adviser-unconfirmed': 'adviser-for' };
/** Claims that are decided on together, and for one answer at most: where nothing of them waits, the next ones follow. */
const A_PAGE = 50;
const PAGES = 10;

export const isTieKind = (kind: string | undefined): kind is TieKind => TIE_KINDS.some((one) => one === kind);

interface TieParts {
  readonly views: ViewReader;
  readonly gate: Pick<Gate, 'ties'>;
}

export interface ClaimsPage {
  /** The oldest first. */
  readonly findings: readonly QueueFinding[];
  /** After which claim to go on; absent: that was all. */
  readonly next?: Position;
}

interface ClaimsSought {
  readonly kind: TieKind;
  readonly after: Position;
  readonly now: Instant;
  readonly covers: ClaimsAsked['covers'];
}

/**
 * Undefined: it is none of the asker's affair. Claims are gone through until one waits, so many at most: a page may be short, or even
 * empty, and still not be the last.
 */
export const unconfirmedTies = async (parts: TieParts, asker: OfficeAsker, sought: ClaimsSought): Promise<ClaimsPage | undefined> => {
  let page = await claimsPage(parts, asker, sought);
  for (let pages = 1; pages < PAGES && page?.findings.length === 0 && page.next !== undefined; pages++)
    page = await claimsPage(parts, asker, { ...sought, after: page.next });
  return page;
};

const claimsPage = async (
  parts: TieParts,
  asker: OfficeAsker,
  { kind, after, now, covers }: ClaimsSought,
): Promise<ClaimsPage | undefined> => {
  const made = await claimsMade(parts.views, { kind, after, limit: A_PAGE, covers });
  const some = await tiesAmong(parts, asker, made);
  if (some === undefined) return undefined;
  const findings = some.flatMap((tie) => findingOf(tie, kind, now)).sort((one, other) => one.openedAt - other.openedAt);
  return { findings, ...(made.next === undefined ? {} : { next: made.next }) };
};

/** Of one learner. */
export const unconfirmedTie = async (
  parts: TieParts,
  asker: OfficeAsker,
  match: string,
  now: Instant,
): Promise<QueueFinding | undefined> => {
  const [kind, learner = ''] = match.split('.');
  if (!isTieKind(kind)) return undefined;
  const some = await tiesAmong(parts, asker, await tiesOf(parts.views, learner));
  return some?.flatMap((tie) => findingOf(tie, kind, now)).find((one) => one.match === match);
};

const tiesAmong = async (
  { gate }: TieParts,
  asker: OfficeAsker,
  { rows }: Pick<TieProposals, 'rows'>,
): Promise<readonly WaitingTie[] | undefined> => {
  const answer = await gate.ties({ asker, parameters: {}, candidates: rows });
  return answer.outcome === 'answered' ? answer.ties : undefined;
};

const findingOf = ({ learner, agency, relationships, since }: WaitingTie, kind: TieKind, now: Instant): readonly QueueFinding[] => {
  if (!relationships.includes(RELATIONSHIPS[kind])) return [];
  const tie = { match: queueId(kind, learner, agency), kind, agency, openedAt: londonDayStart(since) };
  const overdue = isOlderThanWorkingDays(since, londonDate(now), WAITS);
  return [{ ...tie, state: 'open', learners: [learner], agencies: [agency], agreeOn: [], differOn: [], waiting: [tie], overdue }];
};
