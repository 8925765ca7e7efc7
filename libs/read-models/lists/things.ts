// What views of things about no learner have in common: names for things, the days on which they were told, and pages of them, source by
// source, so that what the asker may not be shown is not even gone through (ADR 39).
import { createHash } from 'node:crypto';
import type { CatalogueData, ShortType } from '#catalogue';
import type { ThingCandidate, ThingSource } from '#disclosure';
import { type AgencySlug, type IsoDate, londonDate, type Position } from '#kernel';
import { isPlanningStream } from '#learner-file';
import { folded } from '#learners';
import type { ProjectedEvent, TableShape, ViewReader, ViewShape } from '../engine/index.ts';
import type { Fields, FieldsOf } from './fields.ts';
import type { Chosen } from './filters.ts';
import type { AnyRow, Declared, List, Place, Proposed } from './list.ts';
import type { SeenItems } from './seen-items.ts';

/** A page of things: the asker may be shown none but of these sources. */
export interface ProposingThings {
  readonly asker: AgencySlug;
  readonly sources: readonly ThingSource[];
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

interface ThingListOf<Row extends object> extends Proposes {
  readonly fields: FieldsOf<Row>;
  /** What the day's row says; undefined where there is none. `anchor` and the places of what is seen are positions in the log. Pure. */
  row(seen: SeenItems, on: IsoDate, anchor: Position): Row | undefined;
  /** Whether a row is one that the filters choose. */
  matches(row: Row, chosen: Chosen): boolean;
  order(one: Row, other: Row): number;
}

/** A list of things that are about no learner. Its `purposes` go without saying. */
export interface ThingList extends Proposes {
  readonly about: 'things';
  readonly fields: Fields;
  row(seen: SeenItems, on: IsoDate, anchor: Position): AnyRow | undefined;
  matches(row: AnyRow, chosen: Chosen): boolean;
  order(one: AnyRow, other: AnyRow): number;
}

export type AnyList = List | ThingList;

export const isOfThings = (list: AnyList): list is ThingList => 'about' in list;

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
  readonly data: CatalogueData[Type];
}

/** Undefined where it was not told about nobody, or is no more. */
export const statedThing = <Type extends ShortType>(event: ProjectedEvent, _: Type): StatedThing<Type> | undefined => {
  const { stream, meta, position } = event.recorded;
  const told = isPlanningStream(stream) ? event.open()?.event : undefined;
  if (!told) return undefined;
  return { source: meta.actor, position, toldOn: londonDate(Date.parse(told.time)), data: told.data as unknown as CatalogueData[Type] };
};

/** No agency: whoever is named by nobody. */
export const NOBODY_NAMED = '';

/** `named`: the agency for which alone it is, by the fact that clauses ask for, or `NOBODY_NAMED`. */
type ThingTable = TableShape<
  { readonly source: 'text'; readonly named: 'text' } & Readonly<Record<string, 'text' | 'integer' | 'text?' | 'integer?'>>
>;

interface Paged {
  readonly view: ViewShape;
  readonly table: TableShape;
  /** Must have a value in every row, and tell all rows of a source apart. */
  readonly order: readonly string[];
  readonly newestFirst?: boolean;
}

type Row = Readonly<Record<string, string | number | null>>;

export interface ThingRows<Found extends Row> {
  readonly position: Position;
  readonly rows: readonly Found[];
}

/** Of the sources named those rows that may name the asker, in one order, at most as many as asked for. */
export const thingRows = async <Found extends Row>(
  views: ViewReader,
  { view, table, order, newestFirst = false }: Paged,
  { asker, sources, after, limit }: ProposingThings,
): Promise<ThingRows<Found>> => {
  const page = {
    order,
    newestFirst,
    limit,
    ...(after && { after }),
  };
  const of = sources.flatMap(({ agency: source, reach }) =>
    reach === 'any' ? [{ source }] : [NOBODY_NAMED, asker].map((named) => ({ source, named })),
  );
  const found = await Promise.all(
    [{ source: NOBODY_NAMED }, ...of].map((where) => views.rows(view, table as ThingTable, { where, ...page })),
  );
  const rows = found.flatMap((one) => one.rows as unknown as readonly Found[]);
  return { position: Math.min(...found.map(({ position }) => position)), rows: rows.sort(inOrder(order, newestFirst)).slice(0, limit) };
};

/** As the store orders them. */
const inOrder =
  (order: readonly string[], newestFirst: boolean) =>
  (one: Row, other: Row): number => {
    const differing = order.find((column) => one[column] !== other[column]);
    if (differing === undefined) return 0;
    const isLater = (one[differing] ?? '') > (other[differing] ?? '');
    return isLater === newestFirst ? -1 : 1;
  };
