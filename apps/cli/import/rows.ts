// A record of a file of whatever form, before anything of it is understood.

export interface FileRow {
  /** As people count: of a table the line of its record where the head is 1, of XML the record's number. */
  readonly number: number;
  /** Of XML: the element. Of a table: undefined. */
  readonly record?: string;
  /** What stands in each column; of XML, what each element without elements of its own says, those of the records around it among them. */
  readonly cells: ReadonlyMap<string, string>;
}

/** What a column says: trimmed, and without the quote that a spreadsheet puts before what looks like a formula. Empty: nothing. */
export const cellIn = (cells: FileRow['cells'], column: string | undefined): string => {
  const cell = (column === undefined ? '' : (cells.get(column) ?? '')).trim();
  return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell;
};
