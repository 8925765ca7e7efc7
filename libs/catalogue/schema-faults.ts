// Says what a sender must do about data that breaks a schema. Pointers and sentences are made of the schema's own words,
// never of the sender's values or property names, which may be personal data.
import type { ErrorObject } from 'ajv';

export interface SchemaFault {
  /** RFC 6901 pointer within `data`. */
  readonly pointer: string;
  readonly says: string;
}

interface ParentSchema {
  readonly title?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

type Sentence = (limit: string, schema: ParentSchema) => string;

const NAMED = 12;
const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  integer: 'a whole number',
  number: 'a number',
  array: 'a list in square brackets',
  object: 'an object in curly brackets',
  boolean: 'true or false, without quotes',
};

const names = (schema: ParentSchema): readonly string[] => Object.keys(schema.properties ?? {});

const oneOf = (schema: ParentSchema): string => {
  const values = schema.enum ?? [];
  if (values.length > NAMED && schema.title !== undefined) return `Give ${schema.title}.`;
  return `Give one of: ${values.join(', ')}.`;
};

const optional = (schema: ParentSchema): string =>
  names(schema)
    .filter((name) => !(schema.required ?? []).includes(name))
    .join(', ');

const typed = (type: string): string =>
  type
    .split(',')
    .map((name) => TYPES[name] ?? name)
    .join(' or ');

const SENTENCES: Readonly<Record<string, Sentence>> = {
  required: () => 'Add this property: it is required.',
  additionalProperties: (_, schema) => `Remove every property other than: ${names(schema).join(', ')}.`,
  type: (limit) => `Give ${typed(limit)}.`,
  enum: (_, schema) => oneOf(schema),
  format: () => 'Give a date of the calendar as YYYY-MM-DD.',
  pattern: (_, schema) => `Give ${schema.title ?? 'text of the form that the schema states'}.`,
  minLength: (limit) => `Give text of at least ${limit} ${limit === '1' ? 'character' : 'characters'}.`,
  maxLength: (limit) => `Shorten this to at most ${limit} characters.`,
  minItems: (limit) => `Give at least ${limit} ${limit === '1' ? 'item' : 'items'}.`,
  maxItems: (limit) => `Give at most ${limit} items.`,
  minimum: (limit) => `Give a number of at least ${limit}.`,
  maximum: (limit) => `Give a number of at most ${limit}.`,
  minProperties: (_, schema) => `Add at least one of: ${optional(schema)}.`,
};

const limitOf = (error: ErrorObject): string => {
  const { type, limit } = error.params as { readonly type?: string | readonly string[]; readonly limit?: number };
  return String(type ?? limit);
};

const pointerOf = (error: ErrorObject): string =>
  error.keyword === 'required' ? `${error.instancePath}/${String(error.params['missingProperty'])}` : error.instancePath;

const faultOf = (error: ErrorObject): SchemaFault => {
  const sentence = SENTENCES[error.keyword];
  const schema = (error.parentSchema ?? {}) as ParentSchema;
  return {
    pointer: pointerOf(error),
    says: sentence === undefined ? 'Give what the schema of the type states.' : sentence(limitOf(error), schema),
  };
};

/** Needs errors made with ajv's `verbose`. An `if` error only repeats the one inside it. */
export const faultsOf = (errors: readonly ErrorObject[]): readonly SchemaFault[] =>
  errors.filter((error) => error.keyword !== 'if').map(faultOf);
