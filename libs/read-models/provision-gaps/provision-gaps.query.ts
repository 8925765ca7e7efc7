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
  const candidates = await Promise.all(
    rows.map(async (row) => {
      const anchor = Number(row['raised']);
      const beside = (await besideOf(views, String(row['gap']))).filter((one) => one !== anchor);
      return { anchor, beside, place: LONGEST.order.map((column) => row[column] ?? '') };
    }),
  );
  return { position, candidates };
};

/** Of raisings the first, since the first of them makes the row; of all else the last, by which it is decided how the gap stands. */
const rowsOf = async (
  views: ViewReader,
  table: typeof raisings | typeof answers | typeof surroundings | typeof tellings,
  where: Row,
): Promise<readonly Row[]> => {
  const order = table === answers ? ['answered'] : [table === raisings ? 'raised' : 'told'];
  const query = { where, order, newestFirst: table !== raisings, limit: MOST };
  return (await rowsWhere(views, { view: provisionGapsView, table }, query)).rows;
};

/** What was told last of places and needs of that gap, and all that was told before and since of whatever was ever one of these. */
const around = async (views: ViewReader, gap: string): Promise<readonly Row[]> => {
  const [last, ever] = await Promise.all([rowsOf(views, surroundings, { gap }), rowsOf(views, tellings, { gap })]);
  const told = new Map([...last, ...ever].map(({ source = '', what = '' }) => [JSON.stringify([source, what]), { source, what }]));
  return (await Promise.all([...told.values()].map((where) => rowsOf(views, tellings, where)))).flat();
};

const besideOf = async (views: ViewReader, gap: string): Promise<readonly number[]> => {
  const [same, told] = await Promise.all([rowsOf(views, raisings, { gap }), around(views, gap)]);
  const answered = await Promise.all(same.filter((row) => row['gap_id'] !== UNNAMED).map((row) => answersTo(views, row)));
  return [...same.map((row) => row['raised']), ...told.map((row) => row['told']), ...answered.flat()].map(Number);
};

/** Those that say whose gap it is, and, where nobody else calls one of theirs so, those that do not. */
const answersTo = async (views: ViewReader, { gap_id = null, source = null }: Row): Promise<readonly number[]> => {
  const [told, called] = await Promise.all([rowsOf(views, answers, { gap_id }), rowsOf(views, raisings, { gap_id })]);
  const isPlain = called.every((row) => row['source'] === source);
  return told.flatMap(({ owner, answered }) => (owner === source || (owner === NOBODY && isPlain) ? Number(answered) : []));
};
