// A view is what one projector makes of the log. It writes and never reads, so it can depend on nothing but events (ADR 0009).
import type { FollowedEvent } from '#learner-file';
import type { Row, RowOf, TableShape } from './table-shape.ts';

// What a projector is given of an event; it is opened once for all who follow the log.

export type ProjectedEvent = Pick<FollowedEvent, 'recorded' | 'open' | 'content'>;

/** An assessment is recorded in a learner's stream under this type (event catalogue). */
export const ASSESSMENT_RECORDED = 'uk.concordat.assessment.recorded.v1';

/** The four things a projector can do to its rows; each concerns its own tables alone. */
export interface RowWriter {
  /** Adds the row, in place of one with the same key. */
  put<Table extends TableShape>(table: Table, row: RowOf<Table>): void;
  /** Adds the row, or combines it with the one of the same key as the table's `merge` says. */
  merge<Table extends TableShape>(table: Table, row: RowOf<Table>): void;
  /** Sets columns, not those of the key, of all rows that have these values. */
  change<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>, set: Partial<RowOf<Table>>): void;
  remove<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>): void;
}

export type RowChange =
  | { readonly verb: 'put'; readonly table: TableShape; readonly row: Row }
  | { readonly verb: 'merge'; readonly table: TableShape; readonly row: Row }
  | { readonly verb: 'change'; readonly table: TableShape; readonly where: Row; readonly set: Row }
  | { readonly verb: 'remove'; readonly table: TableShape; readonly where: Row };

export interface ViewShape {
  /** Kebab-case. */
  readonly name: string;
  /** Another version is another view: what the former made is dropped and made anew. Raise it with every change of tables or of `apply`. */
  readonly version: number;
  readonly tables: readonly TableShape[];
}

export interface Projector extends ViewShape {
  /** Event types that it takes; others pass it by unopened. */
  readonly types: ReadonlySet<string> | 'every';
  /** Must depend on the event alone. A throw stops the view before this event. */
  apply(event: ProjectedEvent, rows: RowWriter): void;
}
