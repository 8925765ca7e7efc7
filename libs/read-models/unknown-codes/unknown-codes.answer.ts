// What an agency told about no learner in other words than codes, periods and scopes: kept, shown, and in no figure (views.md, V18).
import { type CodeTables, shippedCodes } from '#catalogue';
import type { IsoDate } from '#kernel';
import type { AnyRow, Chosen, SourceRow, WorkedOutRow, WorkingOut } from '../lists/index.ts';

export const KINDS = ['provision', 'provision-gap', 'labour-need', 'target'] as const;
type Kind = (typeof KINDS)[number];

export interface UnknownCodeRow {
  readonly what: Kind;
  readonly thing: string | null;
  readonly field: string;
  readonly value: string;
  readonly says: string;
  readonly toldOn: IsoDate | null;
}

interface Coded {
  readonly field: string;
  readonly isKnown: (value: string) => boolean;
  readonly says: string;
}

const inTable = (field: string, table: keyof CodeTables): Coded => {
  const known = new Set(shippedCodes()[table].codes.map(({ code }) => code));
  return { field, isKnown: (value) => known.has(value), says: `No code of the table ${table}.` };
};

/** `2026-09`, `2026-Q3`, `2027` (a cohort), `2026/27` or `2026/27-Q1`. */
const PERIOD = /^20\d{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$/;
const ACADEMIC = /^20(\d{2})\/(\d{2})(-Q[1-4])?$/;
const SCOPE = /^(national|provider:[^:/]+|partnership:[^:]+|area:[A-Z]{1,2}\d[A-Z\d]?|office:[^:/]+\/[^:]+)$/;

const isPeriod = (value: string): boolean => {
  const [, from, to] = ACADEMIC.exec(value) ?? [];
  return PERIOD.test(value) || (from !== undefined && (Number(from) + 1) % 100 === Number(to));
};

const PERIODS: Coded = {
  field: 'period',
  isKnown: isPeriod,
  says: 'No month, quarter, cohort or academic year, as 2026-09, 2026-Q3, 2027 or 2026/27.',
};
const SCOPES: Coded = {
  field: 'scope',
  isKnown: (value) => SCOPE.test(value),
  says: 'No provider, partnership, area or office, as provider:bct, partnership:WV, area:WV1 or office:careers/Bilston, nor national.',
};
const LEVELS = inTable('level', 'assessment-levels');

interface Told {
  /** Fields of the row that say who told it, when, and what it is called. */
  readonly by: string;
  readonly on: string;
  readonly thing: string;
  readonly coded: readonly Coded[];
}

const TOLD: Readonly<Record<Kind, Told>> = {
  provision: { by: 'of', on: 'listedOn', thing: 'provisionId', coded: [inTable('kind', 'programme-kinds'), LEVELS] },
  'provision-gap': { by: 'raisedBy', on: 'raisedOn', thing: 'gapId', coded: [LEVELS] },
  'labour-need': { by: 'of', on: 'publishedOn', thing: 'occupation', coded: [LEVELS, PERIODS] },
  target: { by: 'setBy', on: 'setOn', thing: 'measure', coded: [inTable('measure', 'measures'), SCOPES, PERIODS] },
};

/** Of which list of things each kind is. */
const LISTS: Readonly<Record<Exclude<Kind, 'provision'>, string>> = {
  'provision-gap': 'provision-gaps',
  'labour-need': 'labour-needs',
  target: 'targets',
};

const textIn = (row: AnyRow, field: string): string | null => {
  const value = row[field];
  return typeof value === 'string' ? value : null;
};

const unknownIn = (kind: Kind, row: AnyRow): readonly UnknownCodeRow[] => {
  const { on, thing, coded } = TOLD[kind];
  return coded.flatMap(({ field, isKnown, says }) => {
    const value = textIn(row, field);
    if (value === null || isKnown(value)) return [];
    return [{ what: kind, thing: textIn(row, thing), field, value, says, toldOn: textIn(row, on) }];
  });
};

/** Of its asker's own alone, who can tell it anew. */
export const unknownCodes = ({ asker, rows, things, chosen }: WorkingOut): readonly WorkedOutRow<UnknownCodeRow>[] =>
  KINDS.flatMap((kind) => {
    const told: readonly SourceRow[] = kind === 'provision' ? rows : (things.get(LISTS[kind]) ?? []).map((row) => ({ row, via: [] }));
    const own = told.filter(({ row }) => row[TOLD[kind].by] === asker.slug);
    return own.flatMap((one) => unknownIn(kind, one.row).map((row) => ({ row, of: kind === 'provision' ? [one] : [] })));
  }).filter(({ row }) => isChosen(row, chosen));

const isChosen = ({ what, field }: UnknownCodeRow, chosen: Chosen): boolean =>
  (chosen['what'] ?? what) === what && (chosen['field'] ?? field) === field;
