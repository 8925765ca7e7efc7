// A form of the schema of an event's data, and the data of what was entered (console.md, 4.3, N12). Pure: the broker judges what is sent.
import { dayOf, type Entered, listOf, textOf } from '../shell/form.ts';
import { dayText } from '../shell/times.ts';

/** As the broker's OpenAPI document gives it, with all references put in. */
export interface DataSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, DataSchema>>;
  readonly items?: DataSchema;
  readonly 'x-concordat'?: { readonly type: string; readonly identifies?: string; readonly refersTo?: readonly string[] };
  /** What codes are called. */
  readonly 'x-labels'?: Readonly<Record<string, string>>;
}

export type FieldKind = 'line' | 'text' | 'day' | 'choice' | 'choices' | 'number' | 'yes' | 'lines' | 'rows';

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface Field {
  /** As in the data; parts of what lies within with dots between. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly choices?: readonly Choice[];
  /** Of rows: the parts of each, in the order in which they are written. */
  readonly parts?: readonly Field[];
  readonly longest?: number;
}

/** As "Assessed on". */
export const labelOf = (name: string): string => {
  const words = name
    .replace(/[.-]/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const LONG = 200;
/** Ids that the console draws by itself are not asked for. */
export const ownIdIn = (schema: DataSchema): string | undefined => schema['x-concordat']?.identifies;

export const fieldsOf = (schema: DataSchema): readonly Field[] => {
  const { required = [], properties = {} } = schema;
  const own = ownIdIn(schema);
  const fields = Object.entries(properties).flatMap(([name, one]) => (name === own ? [] : fieldsAt(name, one, required.includes(name))));
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
};

const fieldsAt = (name: string, schema: DataSchema, required: boolean): readonly Field[] => {
  if (schema.properties === undefined) return [fieldAt(name, schema, required)];
  const within = schema.required ?? [];
  return Object.entries(schema.properties).flatMap(([part, one]) => fieldsAt(`${name}.${part}`, one, required && within.includes(part)));
};

const fieldAt = (name: string, schema: DataSchema, required: boolean): Field => {
  const { description, maxLength, items } = schema;
  const field = { name, label: labelOf(name), required, ...(description !== undefined && { hint: description }) };
  const choices = choicesIn(schema) ?? (items && choicesIn(items));
  const kind = kindOf(schema);
  if (kind === 'rows') return { ...field, kind, parts: fieldsOf(items ?? {}) };
  return { ...field, kind, ...(choices && { choices }), ...(maxLength !== undefined && { longest: maxLength }) };
};

/** A number is known by itself to whoever counts by it; other codes are names for machines. */
const choiceText = (code: string, words: string | undefined): string => {
  if (words === undefined) return labelOf(code);
  return /^\d+$/.test(code) ? `${words} (${code})` : words;
};

const choicesIn = ({ enum: codes, 'x-labels': labels }: DataSchema): readonly Choice[] | undefined =>
  codes?.map(String).map((code) => ({ value: code, text: choiceText(code, labels?.[code]) }));

const KINDS: readonly (readonly [FieldKind, (schema: DataSchema) => boolean])[] = [
  ['choice', ({ enum: codes }) => codes !== undefined],
  ['choices', ({ type, items }) => type === 'array' && items?.enum !== undefined],
  ['rows', ({ type, items }) => type === 'array' && items?.properties !== undefined],
  ['lines', ({ type }) => type === 'array'],
  ['yes', ({ type }) => type === 'boolean'],
  ['number', ({ type }) => type === 'integer' || type === 'number'],
  ['day', ({ format }) => format === 'date'],
  ['text', ({ maxLength }) => (maxLength ?? 0) > LONG],
];

const kindOf = (schema: DataSchema): FieldKind => KINDS.find(([, is]) => is(schema))?.[0] ?? 'line';

// What was entered.

/** As it is shown before it is sent: codes by what they are called. */
export const enteredText = ({ name, kind, choices = [] }: Field, entered: Entered): string => {
  if (kind === 'day') {
    const day = dayOf(entered, name);
    return day === undefined ? '' : dayText(day);
  }
  if (kind === 'yes') return textOf(entered[name]) === 'true' ? 'Yes' : '';
  return [entered[name]]
    .flat()
    .map((one) => choices.find(({ value }) => value === one)?.text ?? textOf(one))
    .filter((text) => text !== '')
    .join(', ');
};

export interface Fault {
  readonly name: string;
  readonly says: string;
}

export interface EnteredData {
  readonly data: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

/** The data of the event; what is lacking or cannot be read is told by field, and what else is wrong by the broker. */
export const dataOf = (fields: readonly Field[], entered: Entered): EnteredData => {
  const data: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const field of fields) {
    const value = valueOf(field, entered);
    if (value === WRONG) faults.push({ name: field.name, says: WRONG_SAYS[field.kind] ?? `${field.label} cannot be read` });
    else if (value !== undefined) put(data, field.name, value);
    else if (field.required) faults.push({ name: field.name, says: `Enter ${field.label.toLowerCase()}` });
  }
  return { data, faults };
};

const WRONG = Symbol('wrong');
const WRONG_SAYS: Readonly<Partial<Record<FieldKind, string>>> = {
  day: 'Enter a day that there is, such as 3 9 2026',
  number: 'Enter a number',
  rows: 'Write one a line, its parts with semicolons between',
};

type Value = unknown;

const valueOf = (field: Field, entered: Entered): Value => {
  const text = textOf(entered[field.name]);
  const byKind: Readonly<Partial<Record<FieldKind, () => Value>>> = {
    day: () => dayValue(entered, field.name),
    choices: () => present(listOf(entered[field.name])),
    lines: () => present(linesOf(text)),
    rows: () => rowsOf(field.parts ?? [], text),
    yes: () => (text === 'true' ? true : undefined),
    number: () => numberOf(text),
  };
  const read = byKind[field.kind];
  return read === undefined ? text || undefined : read();
};

const present = <One>(list: readonly One[]): readonly One[] | undefined => (list.length === 0 ? undefined : list);

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const dayValue = (entered: Entered, name: string): Value => {
  const parts = ['day', 'month', 'year'].map((part) => textOf(entered[`${name}-${part}`]));
  return parts.every((part) => part === '') ? undefined : (dayOf(entered, name) ?? WRONG);
};

const numberOf = (text: string): Value => {
  if (text === '') return undefined;
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : WRONG;
};

const rowsOf = (parts: readonly Field[], text: string): Value => {
  const rows = linesOf(text).map((line) => {
    const values = line.split(';').map((value) => value.trim());
    const missing = parts.some(({ required }, place) => required && !values[place]);
    if (missing || values.length > parts.length) return WRONG;
    return Object.fromEntries(parts.flatMap(({ name, kind }, place) => (values[place] ? [[name, asKind(kind, values[place])]] : [])));
  });
  return rows.includes(WRONG) ? WRONG : present(rows);
};

const asKind = (kind: FieldKind, text: string): unknown => (kind === 'number' ? Number(text) : text);

const put = (data: Record<string, unknown>, name: string, value: unknown): void => {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) data[first] = value;
  else put((data[first] ??= {}) as Record<string, unknown>, rest.join('.'), value);
};

const WRITTEN: readonly FieldKind[] = ['text', 'lines', 'rows'];
/** Who was there, by name. */
const ATTENDEES = 'attendees';

/** In people's own words: codes and short lines, such as of who assessed, are meant to say who it was. */
export const writtenIn = (fields: readonly Field[], entered: Entered): string =>
  fields.flatMap(({ kind, name }) => (WRITTEN.includes(kind) && name !== ATTENDEES ? [textOf(entered[name])] : [])).join('\n');
