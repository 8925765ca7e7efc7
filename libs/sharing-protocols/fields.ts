// Minimisation (UK GDPR Art 5(1)(c)): which fields of an item a clause lets through, and which of two clauses lets more through.
import type { Fields, Level } from './language.ts';

/** What the recipient told the broker itself: names of fields such as `uln`. */
export interface Supplied {
  readonly supplied: readonly string[];
}

type Data = Readonly<Record<string, unknown>>;

const NONE: readonly string[] = [];

/** Whether a field that no list names is shown: below `full` only where the clause lists what it leaves out, and never at `existence`. */
const showsUnnamed = (fields: Fields, level: Level): boolean => {
  if (fields.only !== undefined || level === 'existence') return false;
  return level === 'full' || fields.except !== undefined;
};

/**
 * The part of an item's data that a permit shows, as a new object; `data` stays as it is.
 * `except` beats everything; a field in `ifSupplied` is shown exactly where the recipient supplied it, in `only` or not.
 */
export const applyFields = (fields: Fields, level: Level, data: Data, { supplied }: Supplied): Record<string, unknown> => {
  const { only = NONE, except = NONE, ifSupplied = NONE } = fields;
  const unnamed = showsUnnamed(fields, level);
  const shows = (name: string): boolean => (ifSupplied.includes(name) ? supplied.includes(name) : unnamed || only.includes(name));
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(data)) {
    if (!except.includes(name) && shows(name)) shown[name] = data[name];
  }
  return shown;
};

/** More than any list of fields has names, so that "all but some" is always broader than "only some". */
const ALL = 1_000_000;

/** How much a clause shows, to order clauses of one level: the number of fields as far as the document tells; `ifSupplied` counts half. */
export const breadth = (fields: Fields, level: Level): number => {
  const named = showsUnnamed(fields, level) ? ALL - (fields.except?.length ?? 0) : (fields.only?.length ?? 0);
  return named - (fields.ifSupplied?.length ?? 0) / 2;
};

const LEVELS: readonly Level[] = ['existence', 'summary', 'full'];

/** Place of a level: existence 0, summary 1, full 2. */
export const levelRank = (level: Level): number => LEVELS.indexOf(level);
