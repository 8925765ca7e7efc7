// Each list of each agency beside what the oracle makes of the same messages.
import type { AgencySlug } from '#kernel';
import { allLists, type AnyRow } from '#read-models';
import { sightsOf } from './oracle/index.ts';
import { LISTS, type ListOracle, THINGS } from './oracle/lists.ts';
import { thingsFor } from './oracle/rows-of-things.ts';
import type { Question, Seen, Sight } from './oracle/sight.ts';
import { type Agency, londonDay, readMessages } from './oracle/told.ts';
import type { PlayedPartnership } from './played.ts';

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
    for (const [purposes, lists] of byPurposes(LISTS)) {
      const question = { asker, purposes: purposes.split(', '), on };
      const seen = sights.map((sight) => sight.of(question));
      for (const list of lists)
        found.push(await compared(played, { list, purposes, asker: asker.slug }, wantedOf(list, question, { sights, seen })));
    }
    const things = thingsFor(town, asker);
    for (const list of THINGS) {
      found.push(await compared(played, { list, purposes: purposesOf(list)[0] ?? '', asker: asker.slug }, list.rows(things, asker, on)));
    }
  }
  return {
    lists: new Set([...LISTS, ...THINGS].map(({ name }) => name)).size,
    questions: found.length,
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    differences: found.flatMap(({ differences }) => differences),
  };
};

/** Each list is asked for all its purposes together, and for each by itself. */
const byPurposes = (lists: readonly ListOracle[]): ReadonlyMap<string, readonly ListOracle[]> => {
  const purposes = new Set(lists.flatMap(purposesOf));
  return new Map([...purposes].map((one) => [one, lists.filter((list) => purposesOf(list).includes(one))]));
};

const purposesOf = ({ name }: Pick<ListOracle, 'name'>): readonly string[] => {
  const purposes = allLists.find((list) => list.name === name)?.purposes ?? [];
  return [...new Set([purposes.join(', '), ...purposes])];
};

interface Everybody {
  readonly sights: readonly Sight[];
  /** Of each. */
  readonly seen: readonly Seen[];
}

const wantedOf = ({ rows, concerned }: ListOracle, question: Question, { sights, seen }: Everybody): readonly object[] => {
  const { asker } = question;
  const isForAll = !concerned || concerned.some((role) => asker.roles.includes(role));
  return sights.flatMap((sight, n) => {
    const shown = seen[n];
    if (!shown || (!isForAll && !sight.concerns(asker))) return [];
    const localId = sight.person.localIds.get(asker.slug);
    return rows(shown, question).map(({ isUnnamed, ...row }) => (isUnnamed || localId === undefined ? row : { localId, ...row }));
  });
};

interface Asked {
  readonly list: Pick<ListOracle, 'path' | 'without'>;
  readonly purposes: string;
  readonly asker: AgencySlug;
}

const compared = async (
  played: PlayedPartnership,
  { list: { path, without = [] }, purposes, asker }: Asked,
  wanted: readonly object[],
): Promise<Compared> => {
  const { status, rows } = await played.list(asker, path, purposes);
  const bare = rows.map((row) => bareRow(row, without));
  const refused = status === 200 || status === 403 ? [] : [`status ${status}`];
  const differences = [...refused, ...differing(wanted, bare)].map((one) => `${path} for ${asker} (${purposes}): ${one}`);
  return { rows: rows.length, differences };
};

/** Pseudonyms and grounds are told to nobody else. */
const NOT_COMPARED = ['learner', 'via'];

const bareRow = (row: AnyRow, without: readonly string[]): AnyRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !NOT_COMPARED.includes(name) && !without.includes(name)));

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
