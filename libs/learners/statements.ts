// What each agency stated of who the learner is, by which names, and when two of them are written alike (sharing-matrix.md, W4, W7).
import { type CatalogueData, type LearnerRegistered, parseSubject } from '#catalogue';
import { type AgencySlug, caseless, type Instant, type LearnerId, type Revision } from '#kernel';
import { type LinkingIdentifier, oneCopy, oneCopyOfList, type Recorded, type Rejected, rejected } from '#contribution';

// Who somebody seems to be, for want of a ULN: written alike where only case, spacing, accents or punctuation differ.

export type PersonalDetails = Pick<LearnerRegistered, 'givenName' | 'familyName' | 'dateOfBirth' | 'postcode'>;

/** Marks, blanks and punctuation, and the letters that stand for an apostrophe or another sign (U+02B0–02FF, U+A78B, U+A78C). */
const ASIDE = /[^\p{L}\p{N}]+|[\u02B0-\u02FF\uA78B\uA78C]+/gu;
const PLAIN = /^[A-Za-z0-9]*$/;

/** Letters that Unicode does not decompose, as systems that know A to Z alone write them (after the Latin-ASCII transform of CLDR). */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'q', ə: 'e', ƀ: 'b', ɓ: 'b', ɗ: 'd', ɖ: 'd' },
  ...{
    ƙ: 'k',
    ƴ: 'y',
    ƒ: 'f',
    ɠ: 'g',
    ǥ: 'g',
    ɨ: 'i',
    ɲ: 'n',
    ƞ: 'n',
    ɵ: 'o',
    ɔ: 'o',
    ɛ: 'e',
    ʉ: 'u',
    ƶ: 'z',
    ȥ: 'z',
    ɫ: 'l',
    ȼ: 'c',
    ɍ: 'r',
  },
};
const NOT_WRITTEN_ALIKE = new RegExp(`[${Object.keys(WRITTEN_AS).join('')}]`, 'gu');

/** Without case, the letters of NFKC, marks and punctuation aside (sharing-matrix.md, W7): the many spellings of one name meet. */
export const folded = (text: string): string =>
  PLAIN.test(text)
    ? text.toLowerCase()
    : caseless(text.normalize('NFKD'))
        .normalize('NFKD')
        .replace(ASIDE, '')
        .replace(NOT_WRITTEN_ALIKE, (letter) => WRITTEN_AS[letter] ?? letter);

/** `WV11AB` of `wv1 1ab`. */
export const compactPostcode = (postcode: string): string => postcode.replace(ASIDE, '').toUpperCase();

/**
 * Equal for two who may be one: same family name, date of birth and postcode, and given names that begin alike, as Jon and John do
 * (contracts.md; views.md, S15). To be blinded before it is stored.
 * Undefined where a detail is missing, or a name holds neither letter nor digit, for then nothing can be said.
 */
export const matchKey = ({ givenName = '', familyName = '', dateOfBirth, postcode }: Partial<PersonalDetails>): string | undefined => {
  const names = [[...folded(givenName)][0] ?? '', folded(familyName)];
  if (names.includes('') || dateOfBirth === undefined || postcode === undefined) return undefined;
  return [...names, dateOfBirth, folded(postcode)].join('\n');
};

/** Equal for two of whom one school says that they are its pupils, of one family name and born on one day; twins are too. */
const schoolKey = ({ familyName = '', dateOfBirth }: Partial<PersonalDetails>, school: AgencySlug): string | undefined => {
  const name = folded(familyName);
  return name === '' || dateOfBirth === undefined ? undefined : [SCHOOL, school, name, dateOfBirth].join('\n');
};

/** Longer than the letter with which the other keys begin. */
const SCHOOL = 'school';

/** All by which somebody is compared with others; they follow from what the sender says, and from whether it is a school. */
export const matchKeys = (details: Partial<PersonalDetails>, school: AgencySlug | undefined): readonly string[] =>
  [matchKey(details), school === undefined ? undefined : schoolKey(details, school)].filter((key) => key !== undefined);

// What each agency stated of who the learner is, kept as a line of text each:
// which of it counts is judged when asked (sharing-matrix.md, W4, W7).

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

// What names a learner: a ULN, or an id of the agency's own (contracts.md, Registering; sharing-matrix.md, W7).

export interface Identifiers {
  readonly uln?: string;
  /** The source's own. */
  readonly localId?: string;
}

/** To be recorded as naming the learner from now on; the same links whatever exists, so that their number tells nothing. */
export type Link =
  { readonly kind: 'uln'; readonly value: string } | { readonly kind: 'local'; readonly agency: AgencySlug; readonly value: string };

export interface Linked {
  readonly outcome: 'accepted';
  /** Absent: a learner whom nobody has registered yet. */
  readonly learner?: LearnerId;
  readonly links: readonly Link[];
  /** Others who were registered with the number, and are not plainly the same: for the data manager. */
  readonly beside: readonly LearnerId[];
}

/** `link-conflict` tells the data manager which learners contradict each other: two, or the one with two ULNs. */
export interface NotLinked extends Rejected {
  readonly between?: readonly LearnerId[];
}

export type Linking = Linked | NotLinked;

export const INVALID_ULN = rejected(
  'invalid-uln',
  'The ULN fails its check: ten digits, the first not zero, the last a check digit. Correct it and send the event again.',
);

/** The same whether nobody registered the learner or the sender may not know of one. */
export const NO_SUCH_LEARNER = rejected(
  'no-such-learner',
  'This subject names no learner whom you work with. Check the identifier, or register the learner first.',
);

/** `identifier`: of the sender's own, and nothing of anybody else's. */
export const linkConflict = (identifier: LinkingIdentifier, says: string, between: readonly LearnerId[]): NotLinked => ({
  outcome: 'rejected',
  rejection: { code: 'link-conflict', says, identifier },
  between,
});

/** What the subject alone says. */
export const subjectIdentifiers = (subject: string | undefined): Identifiers => {
  if (subject === undefined) return {};
  const parsed = parseSubject(subject);
  if (parsed.kind === 'pseudonym') return {};
  return parsed.kind === 'uln' ? { uln: parsed.uln } : { localId: parsed.localId };
};

export const linksOf = ({ uln, localId }: Identifiers, agency: AgencySlug): readonly Link[] => [
  ...(uln === undefined ? [] : [{ kind: 'uln', value: uln } as const]),
  ...(localId === undefined ? [] : [{ kind: 'local', agency, value: localId } as const]),
];
