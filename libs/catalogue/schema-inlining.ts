// Makes a schema of the catalogue self-contained: references to terms and code tables are replaced by what they stand for.
import { type CodeTables, labelsOf } from './codes.ts';

export type Schema = { readonly [keyword: string]: unknown };

const TERMS = 'urn:concordat:schema:terms.v1#/$defs/';
const CODES = 'urn:concordat:codes:';
const LEVELS = ':levels';

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `x-labels`: what each code is called, for whoever shows it to people. */
const codeSchema = (name: string, codes: CodeTables): Schema => {
  const ofLevels = name.endsWith(LEVELS);
  const table = codes[(ofLevels ? name.slice(0, -LEVELS.length) : name) as keyof CodeTables];
  if (table === undefined || (ofLevels && table.levels === undefined)) throw new Error(`No code table is called ${name}.`);
  const title = `a code of the table ${name}`;
  return ofLevels ? { title, enum: table.levels } : { title, enum: table.codes.map(({ code }) => code), 'x-labels': labelsOf(table) };
};

/** Resolves `$ref`; keywords beside it win over those of what it refers to. Throws on an unknown reference. */
export const schemaInliner = (terms: Schema, codes: CodeTables): ((schema: Schema) => Schema) => {
  const resolved = (reference: string): Schema => {
    if (reference.startsWith(CODES)) return codeSchema(reference.slice(CODES.length), codes);
    const term = reference.startsWith(TERMS) ? terms[reference.slice(TERMS.length)] : undefined;
    if (!isObject(term)) throw new Error(`The catalogue refers to ${reference}, which is not defined.`);
    return inline(term);
  };
  const inlineValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inlineValue);
    return isObject(value) ? inline(value) : value;
  };
  const inline = (schema: Schema): Schema => {
    const { $ref: reference, ...own } = schema;
    const rest = Object.fromEntries(Object.entries(own).map(([keyword, value]) => [keyword, inlineValue(value)]));
    return typeof reference === 'string' ? { ...resolved(reference), ...rest } : rest;
  };
  return inline;
};
