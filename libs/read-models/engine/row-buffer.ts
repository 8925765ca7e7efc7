// Collects what a projector does during a batch; what a failed event had begun is taken back.
import type { RowChange, RowWriter } from './projector.ts';
import type { Row, RowOf, TableShape } from './table-shape.ts';

export class RowBuffer implements RowWriter {
  readonly changes: RowChange[] = [];

  put<Table extends TableShape>(table: Table, row: RowOf<Table>): void {
    this.changes.push({ verb: 'put', table, row });
  }

  merge<Table extends TableShape>(table: Table, row: RowOf<Table>): void {
    this.changes.push({ verb: 'merge', table, row });
  }

  change<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>, set: Partial<RowOf<Table>>): void {
    this.changes.push({ verb: 'change', table, where: where as Row, set: set as Row });
  }

  remove<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>): void {
    this.changes.push({ verb: 'remove', table, where: where as Row });
  }

  rewind(length: number): void {
    this.changes.length = length;
  }
}
