// Whom a list that closes proposes: of a month what happened in it and was recorded before it closed, what became known of earlier months
// since the list before closed, what was left out of an earlier list and is let stand since, and what was taken back meanwhile of lists
// that were published (views.md, V11–V13; ADR 46).
import type { Role } from '#catalogue';
import type { Position } from '#kernel';
import { lastDayOf, listOf, monthBefore, monthOf, type Month, type Periods } from '#reports';
import type { Range, ViewReader } from '../engine/index.ts';
import { anchored, type AnchorPage, type AnchorRow, anchorRows, type Anchors, mergedPages, whomConcerns } from './anchors.ts';
import { code } from './fields.ts';
import type { Filter } from './filters.ts';
import { type Change, CHANGES, type ListAsker, type Listed, type Proposal, type Proposed, type Proposing } from './list.ts';

export const changeField = code(
  CHANGES,
  'Late: of an earlier month, and known since its list closed. Withdrawn: taken back since it was published.',
);
export const changeFilter: Filter = {
  says: 'Whether it is of that month, of an earlier one and became known late, or was taken back since it was published.',
  codes: CHANGES,
};

const BEFORE = -1;

/** From when the list before closed until this one does. */
const whileOpen = (month: Month, { closes }: Periods): Range => ({ from: closes(monthBefore(month)), to: closes(month) + BEFORE });

type Between = Readonly<Partial<Record<'day' | 'known_at' | 'withdrawn_at', Range>>>;

const partsOf = (month: Month, { on, periods }: Proposing): readonly (readonly [Change, Between])[] => {
  const [first, last] = [`${month}-01`, lastDayOf(month)];
  const earlier = { to: lastDayOf(monthBefore(month)) };
  const open = whileOpen(month, periods);
  return [
    ['new', { day: { from: first, to: last < on ? last : on }, known_at: { to: periods.closes(month) + BEFORE } }],
    ['late', { day: earlier, known_at: open }],
    ['withdrawn', { day: earlier, withdrawn_at: open }],
  ];
};

/** What was taken back since, of a list that was published with it. */
const isWithdrawn = ({ day, known_at, position, withdrawn_position }: AnchorRow, month: Month, periods: Periods): boolean => {
  const period = periods.laterListOf(position) ?? listOf(day, known_at, periods.closes);
  const published = period < month ? periods.published(period) : undefined;
  return published !== undefined && !published.leftOut.has(position) && (withdrawn_position ?? 0) > published.position;
};

/** What was taken back is in no list but as withdrawn, also to its source. */
const stands = ({ withdrawn_at, position }: AnchorRow, month: Month, periods: Periods): boolean =>
  withdrawn_at === null && periods.published(month)?.leftOut.has(position) !== true;

const isOfList = (row: AnchorRow, change: Change, month: Month, periods: Periods): boolean =>
  change === 'withdrawn' ? isWithdrawn(row, month, periods) : stands(row, month, periods);

/** With what the gate is to look at for its row beside the anchor, where that is not all. */
export interface NarrowedRow {
  readonly row: AnchorRow;
  readonly beside?: Pick<Proposal, 'making' | 'unlessAfter'>;
}

type Standing = (rows: readonly AnchorRow[]) => Promise<readonly NarrowedRow[]>;

/** One more than the limit where there is one, however many are passed over: else a page would end before those that it is merged with. */
const standingRows = async (
  views: ViewReader,
  anchors: Anchors,
  page: AnchorPage,
  narrowed: Standing,
): Promise<{ readonly position: Position; readonly rows: readonly NarrowedRow[] }> => {
  const found: NarrowedRow[] = [];
  for (let { after } = page; ;) {
    const { position, rows } = await anchorRows(views, anchors, { ...page, ...(after && { after }) });
    found.push(...(await narrowed(rows)));
    const last = rows.at(-1);
    if (found.length > page.limit || rows.length <= page.limit || last === undefined) return { position, rows: found };
    after = anchored(last).place;
  }
};

export interface MonthReach {
  /** Roles that a clause of the list serves whatever they have to do with the learner. */
  readonly everybody?: readonly Role[];
  /** Roles to which what they told themselves alone is proposed. */
  readonly ownAlone?: readonly Role[];
  /** Leaves out what makes no row for the asker, where the anchors alone do not say so, and says what rows are made of; absent: of all. */
  readonly narrow?: (views: ViewReader, asker: ListAsker, rows: readonly AnchorRow[]) => Promise<readonly NarrowedRow[]>;
}

const all: NonNullable<MonthReach['narrow']> = (_, __, rows) => Promise.resolve(rows.map((row) => ({ row })));

export const proposeMonth =
  (anchors: Anchors, { everybody = [], ownAlone = [], narrow = all }: MonthReach) =>
  async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
    const { asker, on, chosen, after, limit, periods } = asked;
    const month = chosen['month'] ?? monthOf(on);
    const isForAll = asker.office !== undefined || asker.roles.some((role) => everybody.includes(role));
    const page = { limit, ...(after && { after }), ...(isForAll ? {} : { among: whomConcerns(asker) }) };
    const theirs = asker.roles.some((role) => ownAlone.includes(role)) ? { source: asker.slug } : {};
    const standing =
      (change: Change): Standing =>
      (rows) =>
        narrow(
          views,
          asker,
          rows.filter((row) => isOfList(row, change, month, periods)),
        );
    const pageOf = async (change: Change, asks: Pick<AnchorPage, 'where' | 'between'>): Promise<Proposed> => {
      const { position, rows } = await standingRows(views, anchors, { ...page, ...asks }, standing(change));
      const listed = ({ day }: AnchorRow): Listed => ({ period: month, change, forPeriod: monthOf(day) });
      return { position, candidates: rows.map(({ row, beside }) => ({ ...anchored(row), ...beside, listed: listed(row) })) };
    };
    const pages = anchors.types.flatMap((type) =>
      partsOf(month, asked).map(([change, between]) => pageOf(change, { where: { type, ...theirs }, between })),
    );
    const letIn = anchors.types.flatMap((type) =>
      periods.letInto(month).map((position) => pageOf('late', { where: { type, position, ...theirs } })),
    );
    return mergedPages(await Promise.all([...pages, ...letIn]), { limit });
  };
