// The gaps that those sources raised of whom the asker may see any: the longest raised first, each with whoever else raised the same, what
// was answered, and the places and needs beside it.
import type { ViewReader } from '../engine/index.ts';
import { type Proposed, type ProposingThings, rowsWhere, type ThingProposal, thingRows } from '../lists/index.ts';
import { answers, NOBODY, provisionGapsView, raisings, surroundings, tellings, UNNAMED } from './provision-gaps.view.ts';

const LONGEST = { view: provisionGapsView, table: raisings, order: ['raised_on', 'gap', 'raised'] };
const MOST = 100;

type Row = Readonly<Record<string, string | number | null>>;

export const proposeGaps = async (views: ViewReader, asked: ProposingThings): Promise<Proposed<ThingProposal>> => {
  const { position, rows } = await thingRows(views, LONGEST, asked);
  const gaps = [...new Set(rows.map(({ gap }) => String(gap)))];
  const beside = new Map(await Promise.all(gaps.map(async (gap) => [gap, await besideOf(views, gap, asked)] as const)));
  const candidates = rows.map((row) => {
    const anchor = Number(row['raised']);
    const others = (beside.get(String(row['gap'])) ?? []).filter((one) => one !== anchor);
    return { anchor, beside: others, place: LONGEST.order.map((column) => row[column] ?? '') };
  });
  return { position, candidates };
};

interface Part {
  readonly between?: object;
  readonly limit?: number;
}

/** Of raisings the first, since the first of them makes the row; of all else the last, by which it is decided how the gap stands. */
const rowsOf = async (
  views: ViewReader,
  table: typeof raisings | typeof answers | typeof surroundings | typeof tellings,
  where: Row,
  { between = {}, limit = MOST }: Part = {},
): Promise<readonly Row[]> => {
  const order = table === answers ? ['answered'] : [table === raisings ? 'raised' : 'told'];
  const query = { where, between, order, newestFirst: table !== raisings, limit };
  return (await rowsWhere(views, { view: provisionGapsView, table }, query)).rows;
};

/**
 * Of whatever was ever a place or a need of that gap what was told of it last by the day, and before each time that the gap was raised,
 * which tells whether it was closed then: however often it was told in between, there is no more of it in a row.
 */
const around = async (views: ViewReader, gap: string, { on, same }: Raised): Promise<readonly Row[]> => {
  const [last, ever] = await Promise.all([rowsOf(views, surroundings, { gap }), rowsOf(views, tellings, { gap })]);
  const told = new Map([...last, ...ever].map(({ source = '', what = '' }) => [JSON.stringify([source, what]), { source, what }]));
  const byDay = on === undefined ? {} : { told_on: { to: on } };
  const ends = same.map((row) => Number(row['raised'])).sort((one, other) => other - one);
  return (await Promise.all([...told.values()].map((where) => lastBefore(views, ends, { where, byDay })))).flat();
};

interface Same {
  readonly where: Row;
  readonly byDay: object;
}

/** The last of all, and the last before each of those places in the log, of which the greatest comes first. */
const lastBefore = async (views: ViewReader, ends: readonly number[], { where, byDay }: Same): Promise<readonly Row[]> => {
  const newest = [...(await rowsOf(views, tellings, where, { between: byDay }))];
  const isCut = newest.length === MOST;
  const found = new Set(newest.slice(0, 1));
  for (const end of ends) {
    const isBefore = (row: Row): boolean => Number(row['told']) < end;
    const between = { ...byDay, told: { to: end - 1 } };
    if (isCut && !newest.some(isBefore)) newest.push(...(await rowsOf(views, tellings, where, { between, limit: 1 })));
    const last = newest.find(isBefore);
    if (last === undefined) break;
    found.add(last);
  }
  return [...found];
};

/** By the day that is asked about, and each time that it was raised. */
interface Raised extends Pick<ProposingThings, 'on'> {
  readonly same: readonly Row[];
}

const besideOf = async (views: ViewReader, gap: string, { on }: ProposingThings): Promise<readonly number[]> => {
  const same = await rowsOf(views, raisings, { gap });
  const told = await around(views, gap, { same, ...(on !== undefined && { on }) });
  const answered = await Promise.all(same.filter((row) => row['gap_id'] !== UNNAMED).map((row) => answersTo(views, row)));
  return [...same.map((row) => row['raised']), ...told.map((row) => row['told']), ...answered.flat()].map(Number);
};

/** Those that say whose gap it is, and, where nobody else calls one of theirs so, those that do not. */
const answersTo = async (views: ViewReader, { gap_id = null, source = null }: Row): Promise<readonly number[]> => {
  const [told, called] = await Promise.all([rowsOf(views, answers, { gap_id }), rowsOf(views, raisings, { gap_id })]);
  const isPlain = called.every((row) => row['source'] === source);
  return told.flatMap(({ owner, answered }) => (owner === source || (owner === NOBODY && isPlain) ? Number(answered) : []));
};
