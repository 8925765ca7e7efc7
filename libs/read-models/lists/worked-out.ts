// Lists that are worked out of all rows of others which their asker may see: its own arithmetic, done for it (ADR 48). They see rows alone,
// never what those were made of; each row that they rest on was decided and recorded as on the list that it is of.
import type { IsoDate, Position } from '#kernel';
import type { ProtocolVersion, TableAgency } from '#sharing-protocols';
import type { Fields, FieldsOf } from './fields.ts';
import type { Chosen } from './filters.ts';
import type { AnyRow, Declared, ListAsker, Partnership } from './list.ts';
import type { Via } from './seen-items.ts';
import { type AnyList, isOfThings, type ThingList } from './things.ts';

/** A row of a list as its asker is shown it. */
export interface SourceRow {
  /** The asker's pseudonym for the learner. */
  readonly learner?: string;
  readonly localId?: string;
  readonly row: AnyRow;
  readonly via: readonly Via[];
  /** Of the event that makes it, where the view knows: it puts rows in order, and is told nobody. */
  readonly position?: Position;
}

export interface WorkedOutRow<Row extends object> {
  readonly row: Row;
  /** What it rests on. Of whom the first of these is, it is too, where the list names learners. */
  readonly of: readonly SourceRow[];
}

export interface WorkingOut {
  readonly asker: ListAsker;
  readonly on: IsoDate;
  /** The day on which it is asked: what waits for a day is not had sooner by asking as of one to come. */
  readonly today: IsoDate;
  readonly chosen: Chosen;
  /** Of its source, in its order. */
  readonly rows: readonly SourceRow[];
  /** Of each list of things, by its name; none where nothing of it may be seen. */
  readonly things: ReadonlyMap<string, readonly AnyRow[]>;
  readonly agreements: Agreements;
  readonly guaranteeBy: Partnership['guaranteeBy'];
}

/** What the registers say in the open: every version of every agreement as it stands on that day, and who could be a party. */
export interface Agreements {
  readonly versions: readonly ProtocolVersion[];
  readonly agencies: readonly TableAgency[];
}

interface Described extends Pick<Declared, 'name' | 'says' | 'purposes' | 'filters' | 'table'> {
  /** Of whom, or of what, it is worked out. It is asked for with the same filters, if `ofAll` does not say otherwise. */
  readonly source: AnyList;
  /** Of all rows of its source, whatever is chosen: filters are its own. */
  readonly ofAll?: true;
  readonly things?: readonly ThingList[];
  /** Where rows name no learner. */
  readonly about?: 'counts';
}

export interface WorkedOutOf<Row extends object> extends Described {
  readonly fields: FieldsOf<Row>;
  /** Pure, and in order. */
  rows(found: WorkingOut): readonly WorkedOutRow<Row>[];
}

export interface WorkedOutList extends Described {
  readonly fields: Fields;
  rows(found: WorkingOut): readonly WorkedOutRow<AnyRow>[];
}

export const workedOut = <Row extends object>(declared: WorkedOutOf<Row>): WorkedOutList => declared as unknown as WorkedOutList;

/** Whatever is asked for as a list. */
export type Listing = AnyList | WorkedOutList;

export const isWorkedOut = (list: Listing): list is WorkedOutList => 'source' in list;

/** Those in which a row is nobody's. */
export const namesNobody = ({ about }: Pick<Listing, 'about'>): boolean => about !== undefined;

/** Those that rest on nothing about a learner: they are asked for without a purpose, which goes without saying (views.md, V4). */
export const restsOnThings = (list: Listing): boolean => isOfThings(isWorkedOut(list) ? list.source : list);

/** Grounds of many rows, each once, and of no single item. */
export const groundsOf = (rows: readonly SourceRow[]): readonly Via[] => {
  const found = new Map<string, Via>();
  for (const via of rows.flatMap((row) => row.via)) {
    const ground = { ...via, position: null };
    found.set(JSON.stringify(ground), ground);
  }
  return [...found.values()];
};
