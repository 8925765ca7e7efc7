// Lists whose rows are each made by an event about a learner, its anchor: a view with a row an anchor, by the day that the anchor is about,
// and whom of them a list proposes to an asker (ADR 0027). Who may see which of them, the gate decides.
import { districtOf } from '#agencies';
import type { CatalogueData, Role, ShortType } from '#catalogue';
import { type IsoDate, londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import {
  type Among,
  type Found,
  type ProjectedEvent,
  type Projector,
  type Range,
  type RowOf,
  type RowQuery,
  type RowWriter,
  table,
  type TableShape,
  type ViewReader,
} from '../engine/index.ts';
import { parties, persons, places, tiesView } from '../ties/index.ts';
import type { ListAsker, Place, Proposal, Proposed, Proposing } from './list.ts';

interface AnchorIndexes {
  /** Anchors are also asked for by whoever told them. */
  readonly bySource?: boolean;
  /** Anchors of all types are asked for together, in one order. */
  readonly together?: boolean;
}

const anchorTable = ({ bySource = false, together = false }: AnchorIndexes) =>
  table({
    name: 'anchors',
    columns: {
      learner: 'text',
      /** Place in the learner's stream: the id of a thing is an agency's own text. */
      revision: 'integer',
      /** Short. */
      type: 'text',
      source: 'text',
      category: 'text',
      day: 'text',
      /** When it was recorded, and where in the log. */
      known_at: 'integer',
      position: 'integer',
      /** When its source took it back, and where that stands in the log; kept of lists that close alone. */
      withdrawn_at: 'integer?',
      withdrawn_position: 'integer?',
    },
    key: ['learner', 'revision'],
    indexes: [
      together ? ['day', 'learner', 'revision'] : ['type', 'day', 'learner', 'revision'],
      ...(bySource ? ([['source', 'type', 'day', 'learner', 'revision']] as const) : []),
    ],
  });

/** Of each type that makes rows the day that it is about, of what it says and of when it was told; undefined: no row. */
export type AnchorDays = {
  readonly [Type in ShortType]?: (data: Partial<CatalogueData[Type]>, toldOn: IsoDate) => IsoDate | undefined;
};

export interface Anchors {
  readonly view: Projector;
  readonly table: ReturnType<typeof anchorTable>;
  readonly types: readonly ShortType[];
  readonly together: boolean;
}

type DayOf = (data: Readonly<Record<string, unknown>>, toldOn: IsoDate) => IsoDate | undefined;

const RETRACTED = 'uk.concordat.record.retracted.v1';

/** What is taken back is of an event before it in the same stream. */
const withdraw = (event: ProjectedEvent, rows: RowWriter, anchors: Anchors['table']): void => {
  const { stream, position, recordedAt } = event.recorded;
  const [learner, revision] = [learnerOfStream(stream), event.open()?.header.notes?.names];
  if (learner === undefined || revision === undefined) return;
  rows.change(anchors, { learner, revision }, { withdrawn_at: recordedAt, withdrawn_position: position });
};

/** Of the table of anchors; each view counts its own changes beside it. */
const TABLE_VERSION = 1;

/** Raise `version` with every change of `days` or indexes. `closing`: of a list that closes, which tells of what was taken back since. */
export const anchorsOf = (
  name: string,
  version: number,
  days: AnchorDays,
  { closing = false, ...indexes }: AnchorIndexes & { readonly closing?: boolean } = {},
): Anchors => {
  const anchors = anchorTable(indexes);
  const types = Object.keys(days) as ShortType[];
  const shortOf = new Map(types.map((short) => [`uk.concordat.${short}.v1`, short]));
  const add = (event: ProjectedEvent, rows: RowWriter, type: ShortType | undefined): void => {
    const { stream, revision, position, meta, recordedAt: known_at } = event.recorded;
    const { actor: source, category } = meta;
    const [learner, told] = [learnerOfStream(stream), event.open()?.event];
    if (learner === undefined || type === undefined || category === undefined || told === undefined) return;
    const day = (days[type] as DayOf)(told.data, londonDate(Date.parse(told.time)));
    if (day === undefined) return;
    const stated = { learner, revision, type, source, category, day, known_at, position };
    rows.put(anchors, { ...stated, withdrawn_at: null, withdrawn_position: null });
  };
  const apply: Projector['apply'] = (event, rows) => {
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(anchors, erasure);
    else if (event.recorded.type === RETRACTED) withdraw(event, rows, anchors);
    else add(event, rows, shortOf.get(event.recorded.type));
  };
  const taken = new Set([...shortOf.keys(), ERASED, ...(closing ? [RETRACTED] : [])]);
  const view = { name, version: version + TABLE_VERSION, tables: [anchors], types: taken, apply };
  return { view, table: anchors, types, together: indexes.together ?? false };
};

export interface AnchorReach {
  /** Types that make rows for whoever told them alone. */
  readonly own?: readonly ShortType[];
  /** Roles that a clause of the list serves whatever they have to do with the learner. */
  readonly everybody?: readonly Role[];
  readonly newestFirst?: boolean;
  /** Also those whose day is yet to come. */
  readonly ahead?: boolean;
  /** Filters for the first and the last day of the anchor: `from` and `to` where nothing else is said. */
  readonly days?: readonly [from: string, to: string] | 'none';
}

export const AREA_ROLES: readonly Role[] = ['connexions', 'local-authority'];

/** Any table with a row or more a learner. */
type LearnersTable = TableShape<{ readonly learner: 'text' }>;

/**
 * Learners about whom the asker said something or for whom it was named, and those who may live in its districts; of one person's several
 * records each, whichever of them that is of.
 */
export const whomConcerns = ({ slug, roles, districts }: ListAsker): Among<LearnersTable> => {
  const outwards = roles.some((role) => AREA_ROLES.includes(role)) ? districts.flatMap((one) => districtOf(one)?.outward ?? []) : [];
  const any = [
    { table: parties, column: 'agency', value: slug },
    ...[...new Set(outwards)].map((value) => ({ table: places, column: 'outward', value })),
  ];
  return { column: 'learner', view: tiesView, any, united: { table: persons, by: 'person' } };
};

const lastDay = ({ ahead = false }: AnchorReach, on: IsoDate, to = on): IsoDate | undefined => (ahead || to < on ? to : on);

const daysOf = (reach: AnchorReach, { on, chosen }: Proposing): Range => {
  const { days = ['from', 'to'] } = reach;
  const [from, to] = days === 'none' ? [] : days.map((name) => chosen[name]);
  const end = reach.ahead && to === undefined ? undefined : lastDay(reach, on, to);
  return { ...(from !== undefined && { from }), ...(end !== undefined && { to: end }) };
};

type Narrowed = Pick<RowQuery<Anchors['table']>, 'where' | 'among' | 'between'>;

export type AnchorPage = Narrowed & Pick<Proposing, 'after' | 'limit'> & Pick<AnchorReach, 'newestFirst'>;
export type AnchorRow = RowOf<Anchors['table']>;

/** Those of one type, further narrowed, in the order of their days; one more than the limit. */
export const anchorRows = (
  views: ViewReader,
  { view, table: anchors }: Anchors,
  { after, limit, newestFirst = false, ...narrowed }: AnchorPage,
): Promise<Found<AnchorRow>> => {
  const order = ['day', 'learner', 'revision'] as const;
  return views.rows(view, anchors, { ...narrowed, order, newestFirst, ...(after && { after }), limit: limit + 1 });
};

export const anchorsFor = async (views: ViewReader, anchors: Anchors, page: AnchorPage): Promise<Proposed> => {
  const { position, rows } = await anchorRows(views, anchors, page);
  return { position, candidates: rows.map(anchored) };
};

export const anchored = ({ learner, revision, day, known_at: knownAt, position }: AnchorRow): Proposal => ({
  learner,
  anchor: revision,
  knownAt,
  position,
  place: [day, learner, revision],
});

/** In the order of the anchors' days, none of which lies after the day asked about. */
export const proposeAnchors =
  (anchors: Anchors, reach: AnchorReach = {}) =>
  async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
    const { own = [], everybody = [], newestFirst = false } = reach;
    const { asker, after, limit } = asked;
    const page = { between: { day: daysOf(reach, asked) }, newestFirst, limit, ...(after && { after }) };
    const among = whomConcerns(asker);
    const isForAll = asker.roles.some((role) => everybody.includes(role));
    const reached = { ...page, ...(isForAll ? {} : { among }) };
    if (anchors.together) return anchorsFor(views, anchors, reached);
    const pages = anchors.types.map((type) => {
      if (own.includes(type)) return anchorsFor(views, anchors, { ...page, among, where: { type, source: asker.slug } });
      return anchorsFor(views, anchors, { ...reached, where: { type } });
    });
    return mergedPages(await Promise.all(pages), { newestFirst, limit });
  };

/** Whether the asker itself told anything that makes a row, on whatever day. */
export const ownAnchors =
  ({ view, table: anchors, types }: Anchors) =>
  async (views: ViewReader, asker: ListAsker): Promise<boolean> => {
    const among = whomConcerns(asker);
    for (const type of types) {
      const { rows } = await views.rows(view, anchors, { where: { type, source: asker.slug }, among, order: 'day', limit: 1 });
      if (rows.length > 0) return true;
    }
    return false;
  };

/** By the first value in which they differ. */
export const comparePlaces = (one: Place, other: Place): number => {
  const differing = one.findIndex((value, column) => value !== other[column]);
  if (differing < 0) return 0;
  return (one[differing] ?? '') < (other[differing] ?? '') ? -1 : 1;
};

/** One page of several, each in the order of its places; what stands in two of them stands there once. */
export const mergedPages = (
  pages: readonly Proposed[],
  { newestFirst = false, limit }: { readonly newestFirst?: boolean; readonly limit: number },
): Proposed => {
  const sign = newestFirst ? -1 : 1;
  const candidates = pages
    .flatMap((page) => page.candidates)
    .sort(({ place: one }, { place: other }) => comparePlaces(one, other) * sign)
    .filter(({ place }, index, all) => index === 0 || comparePlaces(place, all[index - 1]?.place ?? []) !== 0);
  return { position: Math.min(...pages.map(({ position }) => position)), candidates: candidates.slice(0, limit + 1) };
};
