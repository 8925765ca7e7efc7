// Lines of files that spreadsheets open.

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

const csvCell = (cell: string): string => {
  const plain = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** RFC 4180, with the line's end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
