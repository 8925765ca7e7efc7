// What views of things about no learner have in common: names for things, the days on which they were told, and pages of them, source by
// source, so that what the asker may not be shown is not even gone through (ADR 39).
import { createHash } from 'node:crypto';
import type { CatalogueData, ShortType } from '#catalogue';
import type { ThingCandidate, ThingSource } from '#disclosure';
import { type AgencySlug, type IsoDate, londonDate, type Position } from '#kernel';
import { isPlanningStream } from '#learner-file';
import { folded } from '#learners';
import type { ProjectedEvent, Projector, RowQuery, RowWriter, TableShape, ViewReader, ViewShape } from '../engine/index.ts';
import type { Fields, FieldsOf } from './fields.ts';
import type { Chosen } from './filters.ts';
import type { AnyRow, Declared, List, Partnership, Place, Proposed } from './list.ts';
import type { SeenItems } from './seen-items.ts';

/** A page of things: the asker may be shown none but of these sources. */
export interface ProposingThings {
  readonly asker: AgencySlug;
  readonly sources: readonly ThingSource[];
  /** The day that rows tell of; absent: whatever was told. */
  readonly on?: IsoDate;
  readonly after?: Place;
  /** At most so many are proposed; fewer where there are no more. */
  readonly limit: number;
}

export interface ThingProposal extends ThingCandidate {
  readonly place: Place;
}

interface Proposes extends Declared {
  /** Must order by what makes the row, or by what tells nothing. */
  propose(views: ViewReader, asked: ProposingThings): Promise<Proposed<ThingProposal>>;
}

export type DutiesAsked = Pick<Partnership, 'duties'>;

interface ThingListOf<Row extends object> extends Proposes {
  readonly fields: FieldsOf<Row>;
  /**
   * What the day's row says; undefined where there is none. `anchor` and the places of what is seen are positions in the log; `asked`: by
   * when agreements in force ask for what. Pure.
   */
  row(seen: SeenItems, on: IsoDate, anchor: Position, asked?: DutiesAsked): Row | undefined;
  /** Whether a row is one that the filters choose. */
  matches(row: Row, chosen: Chosen): boolean;
  order(one: Row, other: Row): number;
}

/** A list of things that are about no learner. Its `purposes` go without saying. */
export interface ThingList extends Proposes {
  readonly about: 'things';
  readonly fields: Fields;
  row(seen: SeenItems, on: IsoDate, anchor: Position, asked?: DutiesAsked): AnyRow | undefined;
  matches(row: AnyRow, chosen: Chosen): boolean;
  order(one: AnyRow, other: AnyRow): number;
}

export type AnyList = List | ThingList;

export const isOfThings = (list: object): list is ThingList => 'about' in list && list.about === 'things';

export const thingList = <Row extends object>(declared: ThingListOf<Row>): ThingList =>
  ({ ...declared, about: 'things' }) as unknown as ThingList;

/** Without case, accents, blanks and punctuation: areas, employers and occupations are words, not codes. */
export const alike = (text: string | null | undefined): string => folded(text ?? '') || (text ?? '');

const NAME_LENGTH = 22;

/** Stands in a view for what agencies call a thing: a view holds no texts. */
export const thingName = (...parts: readonly (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, NAME_LENGTH);

export interface StatedThing<Type extends ShortType> {
  readonly source: AgencySlug;
  readonly position: Position;
  readonly toldOn: IsoDate;
  readonly recordedOn: IsoDate;
  readonly data: CatalogueData[Type];
}

/** What is told about no learner and can be opened. */
const statedIn = (event: ProjectedEvent): StatedThing<ShortType> | undefined => {
  const { stream, meta, position, recordedAt } = event.recorded;
  const told = isPlanningStream(stream) ? event.open()?.event : undefined;
  if (!told) return undefined;
  const data = told.data as unknown as CatalogueData[ShortType];
  const [toldOn, recordedOn] = [londonDate(Date.parse(told.time)), londonDate(recordedAt)];
  return { source: meta.actor, position, toldOn, recordedOn, data };
};

type Handlers = { readonly [Type in ShortType]?: (stated: StatedThing<Type>, rows: RowWriter) => void };

const SHORT = /^uk\.concordat\.(.+)\.v1$/;

/** Of what is told about no learner, by short type; the same told about a learner passes it by. */
export const thingProjector = (view: ViewShape, handlers: Handlers): Projector => ({
  ...view,
  types: new Set(Object.keys(handlers).map((short) => `uk.concordat.${short}.v1`)),
  apply: (event, rows) => {
    const stated = statedIn(event);
    const handle = handlers[SHORT.exec(event.recorded.type)?.[1] as ShortType] as
      ((stated: StatedThing<ShortType>, rows: RowWriter) => void) | undefined;
    if (stated) handle?.(stated, rows);
  },
});

/** No agency: whoever is named by nobody. */
export const NOBODY_NAMED = '';

type Row = Readonly<Record<string, string | number | null>>;
type Rows = readonly Row[];

interface Kept {
  readonly view: ViewShape;
  readonly table: TableShape;
  /** By these columns pages go: each has a value in every row, and together they tell all rows of a source apart. */
  readonly order: readonly string[];
  readonly newestFirst?: boolean;
  /** Column that holds the position of the event that makes the row. */
  readonly anchor: string;
  /** Columns with positions of events that stand in it besides, where they have a value. */
  readonly beside?: readonly string[];
  /** Column by which rows, whoever's, speak of the same: their anchors stand in one another's rows. */
  readonly alike?: string;
}

/** Of the sources named the rows that may name the asker, in one order, each with what speaks of the same. */
export const proposalsFrom =
  (kept: Kept) =>
  async (views: ViewReader, asked: ProposingThings): Promise<Proposed<ThingProposal>> => {
    const { position, rows } = await thingRows(views, kept, asked);
    const same = await alikeIn(views, kept, rows);
    const candidates = rows.map((row) => {
      const own = (kept.beside ?? []).map((column) => row[column]);
      const others = (same.get(String(row[kept.alike ?? ''])) ?? []).map((other) => other[kept.anchor]);
      const anchor = Number(row[kept.anchor]);
      const beside = [...own, ...others].filter((one): one is number => typeof one === 'number' && one !== anchor);
      return { anchor, beside, place: kept.order.map((column) => row[column] ?? '') };
    });
    return { position, candidates };
  };

export const thingRows = async (
  views: ViewReader,
  { view, table, order, newestFirst = false }: Omit<Kept, 'anchor'>,
  { asker, sources, after, limit }: ProposingThings,
): Promise<{ readonly position: Position; readonly rows: Rows }> => {
  const page = { order, newestFirst, limit, ...(after && { after }) };
  const of = sources.flatMap(({ agency: source, reach }) =>
    reach === 'any' || !('named' in table.columns) ? [{ source }] : [NOBODY_NAMED, asker].map((named) => ({ source, named })),
  );
  // Nobody is called so: where no source is named, the view still says how far it is.
  const found = await Promise.all([{ source: '' }, ...of].map((where) => rowsWhere(views, { view, table }, { where, ...page })));
  const rows = found.flatMap((one) => one.rows);
  return { position: Math.min(...found.map(({ position }) => position)), rows: rows.sort(inOrder(order, newestFirst)).slice(0, limit) };
};

const MOST_ALIKE = 100;

/** By what they speak of, the latest first. */
const alikeIn = async (views: ViewReader, { view, table, alike: by, anchor }: Kept, rows: Rows): Promise<ReadonlyMap<string, Rows>> => {
  if (by === undefined) return new Map();
  const names = [...new Set(rows.map((row) => String(row[by])))];
  const query = { order: [anchor], newestFirst: true, limit: MOST_ALIKE };
  const found = await Promise.all(names.map((name) => rowsWhere(views, { view, table }, { where: { [by]: name }, ...query })));
  return new Map(found.map(({ rows: same }, place) => [names[place] ?? '', same]));
};

/** Tables are told apart here by nobody but themselves. */
export const rowsWhere = async (
  views: ViewReader,
  { view, table }: Pick<Kept, 'view' | 'table'>,
  query: object,
): Promise<{ readonly position: Position; readonly rows: Rows }> => views.rows(view, table, query as RowQuery<TableShape>);

/** As the store orders them. */
const inOrder =
  (order: readonly string[], newestFirst: boolean) =>
  (one: Row, other: Row): number => {
    const differing = order.find((column) => one[column] !== other[column]);
    if (differing === undefined) return 0;
    const isLater = (one[differing] ?? '') > (other[differing] ?? '');
    return isLater === newestFirst ? -1 : 1;
  };
