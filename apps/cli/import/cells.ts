// What a cell says, and where a spreadsheet has spoilt it. Sentences quote nothing of a cell.
import { err, ok, type Result } from '#kernel';

/** What a field of an event takes. */
export type CellKind = 'text' | 'id' | 'date' | 'number' | 'flag';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T00:00(?::00(?:\.0+)?)?Z?)?$/;
const BRITISH = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?$/;
const SHORT_YEAR = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/;
const SERIAL = /^\d{5}(?:\.\d+)?$/;
const ROUNDED = /^\d(?:\.\d+)?E\+?\d{1,3}$/i;

const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');

const dateIn = (cell: string): Result<string, string> => {
  const iso = ISO.exec(cell);
  if (iso) return ok(`${iso[1]}-${iso[2]}-${iso[3]}`);
  const british = BRITISH.exec(cell);
  if (british) return ok(`${british[3]}-${two(british[2])}-${two(british[1])}`);
  if (SHORT_YEAR.test(cell)) return err('write the year with four digits: which century is meant cannot be told');
  if (SERIAL.test(cell)) return err('is a number where a day should be: format the column as a date before you export it');
  return err('write the day as 2026-09-07 or 07/09/2026');
};

const idIn = (cell: string): Result<string, string> =>
  ROUNDED.test(cell) ? err('a spreadsheet has rounded this number: format the column as text, and fill it in again') : ok(cell);

const numberIn = (cell: string): Result<number, string> => {
  const value = Number(cell.replace(/^(\d+),(\d+)$/, '$1.$2'));
  return Number.isFinite(value) ? ok(value) : err('write a number');
};

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['n', false],
  ['0', false],
]);

const flagIn = (cell: string): Result<boolean, string> => {
  const flag = FLAGS.get(cell.toLowerCase());
  return flag === undefined ? err('write true or false') : ok(flag);
};

const READ: Readonly<Record<CellKind, (cell: string) => Result<unknown, string>>> = {
  text: ok,
  id: idIn,
  date: dateIn,
  number: numberIn,
  flag: flagIn,
};

/** `cell` is not empty. Its error says what to do, after the name of the column. */
export const readCell = (kind: CellKind, cell: string): Result<unknown, string> => READ[kind](cell);

const LOST_ZERO = /^[127]\d{9}$/;

/** Telephone numbers of the United Kingdom begin with 0. */
export const hasLostZero = (cell: string): boolean => LOST_ZERO.test(cell.replaceAll(/[ -]/g, ''));
