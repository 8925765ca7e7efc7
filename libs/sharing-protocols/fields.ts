// Minimisation (UK GDPR Art 5(1)(c)): which fields of an item a clause lets through, and which of two clauses lets more through.
import type { Permit } from './decision.ts';
import type { Fields, GroupTable, Level } from './language.ts';

/** Groups by code, as the catalogue has them. */
export type CodeGroups = Readonly<Record<GroupTable, ReadonlyMap<string, string>>>;

export interface Supplied {
  /** What the recipient told the broker itself: names of fields such as `uln`. */
  readonly supplied: readonly string[];
  /** Needed where a clause coarsens codes: without it neither code nor group is shown. */
  readonly groups?: CodeGroups;
}

type Data = Readonly<Record<string, unknown>>;

const NONE: readonly string[] = [];

/** Whether a field that no list names is shown: below `full` only where the clause lists what it leaves out, and never at `existence`. */
const showsUnnamed = (fields: Fields, level: Level): boolean => {
  if (fields.only !== undefined || level === 'existence') return false;
  return level === 'full' || fields.except !== undefined;
};

/** The field in which a group stands. */
const GROUP_FIELDS: Readonly<Record<GroupTable, string>> = { 'reason-groups': 'reasonGroup', 'activity-groups': 'activityGroup' };

/** A code that is in no group is not shown at all. */
const coarsened = (shown: Record<string, unknown>, coarsen: Fields['coarsen'], groups: CodeGroups | undefined): void => {
  if (coarsen === undefined) return;
  for (const [field, table] of Object.entries(coarsen)) {
    const group = groups?.[table].get(String(shown[field]));
    delete shown[field];
    if (group !== undefined) shown[GROUP_FIELDS[table]] = group;
  }
};

const sifted = (shown: Record<string, unknown>, entries: Fields['entries']): void => {
  if (entries === undefined) return;
  for (const [field, { by, except }] of Object.entries(entries)) {
    const list = shown[field];
    if (Array.isArray(list)) shown[field] = (list as readonly Data[]).filter((entry) => !except.includes(String(entry[by])));
  }
};

/**
 * The part of an item's data that a permit shows, as a new object; `data` stays as it is.
 * `except` beats everything; a field in `ifSupplied` is shown exactly where the recipient supplied it, in `only` or not.
 */
export const applyFields = (fields: Fields, level: Level, data: Data, { supplied, groups }: Supplied): Record<string, unknown> => {
  const { only = NONE, except = NONE, ifSupplied = NONE } = fields;
  const unnamed = showsUnnamed(fields, level);
  const shows = (name: string): boolean => (ifSupplied.includes(name) ? supplied.includes(name) : unnamed || only.includes(name));
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(data)) {
    if (!except.includes(name) && shows(name)) shown[name] = data[name];
  }
  coarsened(shown, fields.coarsen, groups);
  sifted(shown, fields.entries);
  return shown;
};

/** Route of a referral by anybody, in place of one that tells which service it was. */
const OTHER_ROUTE = 'other-agency';

const disguise = (shown: Record<string, unknown>, roles: readonly string[]): void => {
  delete shown['of'];
  if (roles.includes(String(shown['route']))) shown['route'] = OTHER_ROUTE;
};

/** In an order that is not the learner's: where several name the recipient, their order would be their rank. */
const choicesOf = (choices: unknown, recipient: string): readonly Data[] =>
  Array.isArray(choices)
    ? (choices as readonly Data[]).filter(({ agency }) => agency === recipient).sort((a, b) => byText(JSON.stringify(a), JSON.stringify(b)))
    : [];

const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

/**
 * What a permit shows an agency of an item's data: its fields, no route or `of` that tells who sent it where that is hidden,
 * no rivals' choices.
 */
export const dataShown = (permit: Permit, data: Data, asker: Supplied & { readonly recipient: string }): Record<string, unknown> => {
  const shown = applyFields(permit.fields, permit.level, data, asker);
  if (permit.disguised !== undefined) disguise(shown, permit.disguised);
  if (permit.ownChoice === true && shown['choices'] !== undefined) shown['choices'] = choicesOf(shown['choices'], asker.recipient);
  return shown;
};

/** More than any list of fields has names, so that "all but some" is always broader than "only some". */
const ALL = 1_000_000;

const countOf = (parts: object = {}): number => Object.keys(parts).length;

/**
 * How much a clause shows, to order clauses of one level: the number of fields as far as the document tells;
 * those shown in part count half.
 */
export const breadth = (fields: Fields, level: Level): number => {
  const named = showsUnnamed(fields, level) ? ALL - (fields.except?.length ?? 0) : (fields.only?.length ?? 0);
  return named - ((fields.ifSupplied?.length ?? 0) + countOf(fields.coarsen) + countOf(fields.entries)) / 2;
};

const LEVELS: readonly Level[] = ['existence', 'summary', 'full'];

/** Place of a level: existence 0, summary 1, full 2. */
export const levelRank = (level: Level): number => LEVELS.indexOf(level);
