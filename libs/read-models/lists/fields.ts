// What a row of a list holds, as data: JSON Schema, CSV columns and examples are made of it. Every field may be null, for what is
// absent and what is withheld look alike (views.md, V2).

import { type CodeLabels, type CodeTables, labelsOf, shippedCodes } from '#catalogue';
import { MERGED_IDENTITY } from '#sharing-protocols';

export type Cell = string | number | boolean | null;

/** Whose values are codes of a table: what each is called. */
interface Labelled {
  readonly labels?: CodeLabels;
}

interface Single extends Labelled {
  readonly kind: 'text' | 'day' | 'count' | 'figure' | 'flag';
  readonly says: string;
}

interface Code extends Labelled {
  readonly kind: 'code';
  readonly codes: readonly string[];
  readonly says: string;
}

interface Texts extends Labelled {
  readonly kind: 'texts';
  /** Present where they are codes. */
  readonly codes?: readonly string[];
  readonly says: string;
}

interface Group extends Labelled {
  readonly kind: 'group' | 'groups';
  readonly says: string;
  readonly fields: Fields;
}

export type Field = Single | Code | Texts | Group;
export type Fields = Readonly<Record<string, Field>>;

/** One for each member of a row. */
export type FieldsOf<Row extends object> = { readonly [Name in keyof Row]: Field };

export const text = (says: string): Field => ({ kind: 'text', says });
/** `YYYY-MM-DD` in London. */
export const day = (says: string): Field => ({ kind: 'day', says });
export const count = (says: string): Field => ({ kind: 'count', says });
/** Any number. */
export const figure = (says: string): Field => ({ kind: 'figure', says });
export const flag = (says: string): Field => ({ kind: 'flag', says });
export const code = (codes: readonly string[], says: string): Field => ({ kind: 'code', codes, says });
export const texts = (says: string, codes?: readonly string[]): Field => ({ kind: 'texts', says, ...(codes && { codes }) });
export const group = <Row extends object>(says: string, fields: FieldsOf<Row>): Field => ({ kind: 'group', says, fields });
export const groups = <Row extends object>(says: string, fields: FieldsOf<Row>): Field => ({ kind: 'groups', says, fields });

/** Of the codes of one or several tables; what is in none is shown as it is. */
export const coded = (field: Field, ...tables: readonly (keyof CodeTables)[]): Field => ({
  ...field,
  labels: Object.assign({}, ...tables.map((table) => labelsOf(shippedCodes()[table]))) as CodeLabels,
});

/** Of whom the row is, and of what a list takes to say so. */
export const personFields = { givenName: text('Given name.'), familyName: text('Family name.') } as const;
export const IDENTITY = [MERGED_IDENTITY, 'learner.registered', 'learner.corrected'] as const;

type Schema = Readonly<Record<string, unknown>>;

const SINGLE: Readonly<Record<Single['kind'], Schema>> = {
  text: { type: ['string', 'null'] },
  day: { type: ['string', 'null'], format: 'date' },
  count: { type: ['integer', 'null'], minimum: 0 },
  figure: { type: ['number', 'null'] },
  flag: { type: ['boolean', 'null'] },
};

/** `x-labels`: what codes are called, for whoever shows them to people. */
const schemaOf = (field: Field): Schema => ({ ...plainSchemaOf(field), ...(field.labels && { 'x-labels': field.labels }) });

const plainSchemaOf = (field: Field): Schema => {
  const description = field.says;
  switch (field.kind) {
    case 'code':
      return { type: ['string', 'null'], enum: [...field.codes, null], description };
    case 'texts':
      return { type: 'array', items: { type: 'string', ...(field.codes && { enum: field.codes }) }, description };
    case 'group':
      return { anyOf: [{ type: 'null' }, objectSchema(field.fields)], description };
    case 'groups':
      return { type: 'array', items: objectSchema(field.fields), description };
    default:
      return { ...SINGLE[field.kind], description };
  }
};

/** JSON Schema 2020-12 of an object with these members, all present. */
export const objectSchema = (fields: Fields): Schema => ({
  type: 'object',
  required: Object.keys(fields),
  properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])),
});

const EXAMPLES: Readonly<Record<Single['kind'], Cell>> = { text: 'Aisha', day: '2026-09-07', count: 2, figure: 55.5, flag: true };

const exampleOf = (field: Field): unknown => {
  switch (field.kind) {
    case 'code':
      return field.codes[0];
    case 'texts':
      return field.codes?.slice(0, 1) ?? ['learner'];
    case 'group':
      return exampleRow(field.fields);
    case 'groups':
      return [exampleRow(field.fields)];
    default:
      return EXAMPLES[field.kind];
  }
};

/** A row that fits the schema. */
export const exampleRow = (fields: Fields): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, exampleOf(field)]));
