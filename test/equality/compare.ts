// Each list of each agency beside what the oracle makes of the same messages.
import type { AgencySlug } from '#kernel';
import { type AnyRow, everyList } from '#read-models';
import { completeness } from './oracle/completeness.ts';
import { DOCUMENTS, MONTHLY } from './oracle/documents.ts';
import type { Row } from './oracle/facts.ts';
import { sightsOf } from './oracle/index.ts';
import { LISTS, type ListOracle, THINGS, WORKED_OUT, type WorkedOutOracle } from './oracle/lists.ts';
import { ORDERS } from './oracle/orders.ts';
import { thingsFor } from './oracle/rows-of-things.ts';
import type { Question, Seen, Sight } from './oracle/sight.ts';
import { type Agency, londonDay, readMessages } from './oracle/told.ts';
import type { PlayedPartnership } from './played.ts';
import { questionOf, workedOutOf } from './questions.ts';

export interface Equality {
  readonly lists: number;
  readonly questions: number;
  readonly rows: number;
  /** In words. */
  readonly differences: readonly string[];
}

interface Compared {
  readonly rows: number;
  readonly differences: readonly string[];
}

export const compareLists = async (played: PlayedPartnership): Promise<Equality> => {
  const agencies: readonly Agency[] = played.cast.map(({ slug, roles, districts = [] }) => ({ slug, roles, districts }));
  const { sights, town } = sightsOf(agencies, readMessages(played.sent));
  const on = londonDay(played.clock.now());
  const found: Compared[] = [];
  for (const asker of agencies) {
    const questionFor = (purposes: string): Question => questionOf(town, { asker, on, purposes });
    for (const [purposes, lists] of byPurposes(LISTS)) {
      const question = questionFor(purposes);
      const seen = sights.map((sight) => sight.of(question));
      for (const list of lists)
        found.push(...(await comparedWhole(played, { list, purposes, asker: asker.slug }, wantedOf(list, question, { sights, seen }))));
    }
    for (const [purposes, lists] of byPurposes(WORKED_OUT)) {
      const wanted = (list: WorkedOutOracle): readonly Row[] => workedOutOf(list, questionFor(purposes), { sights, town });
      const asked = { purposes, asker: asker.slug };
      for (const list of lists) found.push(await compared(played, { ...asked, list: { ...list, isWhole: true } }, wanted(list)));
    }
    const things = thingsFor(town, asker);
    for (const list of THINGS) {
      const asked = { list, purposes: purposesOf(list)[0] ?? '', asker: asker.slug };
      found.push(...(await comparedWhole(played, asked, list.rows(things, asker, on, agencies))));
    }
    found.push(...(await comparedDocuments(played, { asker, on }, sights)), await comparedCompleteness(played, { asker, on }, sights));
  }
  return {
    lists: new Set([...LISTS, ...THINGS, ...WORKED_OUT].map(({ name }) => name)).size,
    questions: found.length,
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    differences: found.flatMap(({ differences }) => differences),
  };
};

/** Each list is asked for all its purposes together, and for each by itself. */
const byPurposes = <One extends Pick<ListOracle, 'name'>>(lists: readonly One[]): ReadonlyMap<string, readonly One[]> => {
  const purposes = new Set(lists.flatMap(purposesOf));
  return new Map([...purposes].map((one) => [one, lists.filter((list) => purposesOf(list).includes(one))]));
};

const purposesOf = ({ name }: Pick<ListOracle, 'name'>): readonly string[] => {
  const purposes = everyList.find((list) => list.name === name)?.purposes ?? [];
  return [...new Set([purposes.join(', '), ...purposes])];
};

interface Everybody {
  readonly sights: readonly Sight[];
  /** Of each. */
  readonly seen: readonly Seen[];
}

const wantedOf = ({ rows, concerned }: ListOracle, question: Question, { sights, seen }: Everybody): readonly Row[] => {
  const { asker } = question;
  const isForAll = !concerned || concerned.some((role) => asker.roles.includes(role));
  return sights.flatMap((sight, n) => {
    const shown = seen[n];
    if (!shown || (!isForAll && !sight.concerns(asker))) return [];
    const localId = sight.person.localIds.get(asker.slug);
    return rows(shown, question).map(({ isUnnamed, ...row }) => (isUnnamed || localId === undefined ? row : { localId, ...row }));
  });
};

/** The list, and, of all its purposes together, the list with each of its filters by itself. */
const comparedWhole = async (played: PlayedPartnership, asked: Asked, wanted: readonly Row[]): Promise<readonly Compared[]> => {
  const whole = await compared(played, asked, wanted);
  const isFiltered = purposesOf(asked.list)[0] === asked.purposes;
  return [
    whole,
    ...(isFiltered ? [...(await comparedFiltered(played, asked, wanted)), ...(await comparedOrder(played, asked, wanted))] : []),
  ];
};

/** Rows a page, so that lists have many. */
const SMALL_PAGE = 7;

/** Page by page: nobody is lost or met twice, and no row stands before one that comes before it. */
const comparedOrder = async (played: PlayedPartnership, asked: Asked, wanted: readonly Row[]): Promise<readonly Compared[]> => {
  const rankOf = ORDERS[asked.list.path] ?? ORDERS[asked.list.name];
  if (rankOf === undefined) return [];
  const small = await compared(played, asked, wanted, SMALL_PAGE);
  const { rows, isBehind } = await played.list(asked.asker, asked.list.path, asked.purposes, SMALL_PAGE);
  const ranks = rows.map(rankOf);
  const wrong = ranks.findIndex((rank, place) => isBehind[place + 1] === true && rank > (ranks[place + 1] ?? rank));
  const named = `${asked.list.path} for ${asked.asker}: row ${wrong} (${ranks[wrong]}) stands before ${ranks[wrong + 1]}`;
  return [small, { rows: rows.length, differences: wrong < 0 ? [] : [named] }];
};

/** Values to ask for, of those that rows have. */
const MOST_VALUES = 2;
/** Of nobody, for filters that take any text. */
const NOBODYS = 'nobody-at-all';

const comparedFiltered = async (played: PlayedPartnership, asked: Asked, wanted: readonly Row[]): Promise<readonly Compared[]> => {
  const found: Compared[] = [];
  for (const [filter, field] of Object.entries(asked.list.filters ?? {})) {
    const values = [...new Set(wanted.flatMap((row) => fieldText(row, field) ?? []))].toSorted();
    for (const value of [...values.slice(0, MOST_VALUES), ...(takesCodes(asked.list, filter) ? [] : [NOBODYS])]) {
      const path = `${asked.list.path}${asked.list.path.includes('?') ? '&' : '?'}${new URLSearchParams({ [filter]: value }).toString()}`;
      const chosen = wanted.filter((row) => fieldText(row, field) === value);
      found.push(await compared(played, { ...asked, list: { ...asked.list, path } }, chosen));
    }
  }
  return found;
};

const fieldText = (row: Row, field: string): string | undefined => {
  const value = row[field];
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;
};

const takesCodes = ({ name }: Pick<ListOracle, 'name'>, filter: string): boolean =>
  everyList.find((list) => list.name === name)?.filters[filter]?.codes !== undefined;

/** Of everybody whom the asker knows by an id of its own. */
const comparedDocuments = async (
  played: PlayedPartnership,
  { asker, on }: Pick<Question, 'asker' | 'on'>,
  sights: readonly Sight[],
): Promise<readonly Compared[]> => {
  const found: Compared[] = [];
  for (const sight of sights) {
    const localId = sight.person.localIds.get(asker.slug);
    if (localId === undefined) continue;
    for (const { path, purposes, rows, without = [] } of DOCUMENTS) {
      const wanted = rows(sight.of({ asker, purposes, on, notBy: MONTHLY }), { asker, purposes, on });
      const at = `learners/${encodeURIComponent(`local:${localId}`)}/${path}`;
      const { status, rows: got } = await played.read(asker.slug, at, purposes.join(', '));
      const differences = [
        ...(status === 200 || wanted.length === 0 ? [] : [`status ${status}`]),
        ...differing(
          wanted,
          got.map((row) => bareRow(row, without)),
        ),
      ];
      found.push({ rows: got.length, differences: differences.map((one) => `${at} for ${asker.slug}: ${one}`) });
    }
  }
  return found;
};

/** Numbers, of what each told itself. */
const comparedCompleteness = async (
  played: PlayedPartnership,
  question: Pick<Question, 'asker' | 'on'>,
  sights: readonly Sight[],
): Promise<Compared> => {
  const { slug } = question.asker;
  const asked = { ...question, purposes: [] };
  const wanted = completeness(
    sights.map((sight) => sight.of(asked)),
    asked,
  );
  const { status, rows } = await played.read(slug, 'data-quality/completeness', 'assure-data-quality');
  const got = rows.filter(({ of }) => of !== 0);
  const differences = [...(status === 200 ? [] : [`status ${status}`]), ...differing(wanted, got)];
  return { rows: got.length, differences: differences.map((one) => `completeness for ${slug}: ${one}`) };
};

interface Asked {
  readonly list: Pick<ListOracle, 'name' | 'path' | 'without' | 'filters' | 'isWhole'>;
  readonly purposes: string;
  readonly asker: AgencySlug;
}

const compared = async (
  played: PlayedPartnership,
  { list: { path, isWhole, without = [] }, purposes, asker }: Asked,
  wanted: readonly object[],
  limit?: number,
): Promise<Compared> => {
  const { status, rows } = await (isWhole ? played.read(asker, path, purposes) : played.list(asker, path, purposes, limit));
  const bare = rows.map((row) => bareRow(row, without));
  const refused = status === 200 || status === 403 ? [] : [`status ${status}`];
  const differences = [...refused, ...differing(wanted, bare)].map((one) => `${path} for ${asker} (${purposes}): ${one}`);
  return { rows: rows.length, differences };
};

/** Pseudonyms and grounds are told to nobody else. */
const NOT_COMPARED = ['learner', 'via'];

/** `without`: of a group's members, `group.member`. */
const bareRow = (row: AnyRow, without: readonly string[]): AnyRow =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !NOT_COMPARED.includes(name) && !without.includes(name))
      .map(([name, value]) => [
        name,
        bareGroups(
          value,
          without.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1)),
        ),
      ]),
  );

const bareGroups = (value: unknown, without: readonly string[]): unknown =>
  without.length > 0 && Array.isArray(value) ? value.map((one) => bareRow(one as AnyRow, without)) : value;

/** Names in order, so that equal rows are equal texts. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted()) : part,
  );

/** As multisets: the order within a page is another matter. */
const differing = (wanted: readonly object[], got: readonly object[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const one of wanted) left.set(textOf(one), (left.get(textOf(one)) ?? 0) + 1);
  for (const one of got) left.set(textOf(one), (left.get(textOf(one)) ?? 0) - 1);
  return [...left].flatMap(([row, many]) => (many === 0 ? [] : `${many > 0 ? 'lacks' : 'shows'} ${row}`));
};
