// The form of a protocol document, judged by protocols/protocol-document.schema.json; each fault as a sentence of what to do.
import { join } from 'node:path';
import { findProtocols, isDate } from '#catalogue';
import { readJsonFile } from '#strict-text';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** Where in the document, by keys and places in lists. */
export type DocumentPath = readonly (string | number)[];

export interface FormFault {
  readonly path: DocumentPath;
  /** The fault is about this key at `path`, which stands there but must not. */
  readonly surplus?: string;
  readonly says: string;
}

interface ParentSchema {
  readonly title?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

type Sentence = (limit: string, schema: ParentSchema) => string;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text (put numbers, dates and codes in quotes)',
  integer: 'a whole number',
  array: 'a list',
  object: 'names with values',
  boolean: 'true or false',
};

const titled = (schema: ParentSchema): string => `Give ${schema.title ?? 'what protocol-document.schema.json states'}.`;

const SENTENCES: Readonly<Record<string, Sentence>> = {
  required: (name) => `Add ${name}: it is required.`,
  additionalProperties: (_, schema) => `Remove this; here may stand: ${Object.keys(schema.properties ?? {}).join(', ')}.`,
  type: (type, schema) => `Give ${schema.title ?? TYPES[type] ?? type}.`,
  enum: (_, schema) => `Give one of: ${(schema.enum ?? []).join(', ')}.`,
  const: (_, schema) => titled(schema),
  pattern: (_, schema) => titled(schema),
  format: (_, schema) => titled(schema),
  minLength: () => 'Give some text, or leave it out where it may be left out.',
  maxLength: (limit) => `Shorten this to at most ${limit} characters.`,
  minItems: () => 'Give at least one item.',
  maxItems: (limit) => `Give at most ${limit} items.`,
  uniqueItems: () => 'Name each item once.',
  minimum: (limit) => `Give a number of at least ${limit}.`,
  maximum: (limit) => `Give a number of at most ${limit}.`,
  minProperties: () => 'Give at least one name with its value, or leave this out.',
};

/** Faults that only repeat one which lies deeper. */
const ECHOES: readonly string[] = ['if', 'propertyNames'];

const pathOf = (pointer: string): DocumentPath =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const limitOf = ({ params }: ErrorObject): string => {
  const { missingProperty, type, limit } = params as Readonly<Record<string, string | number | undefined>>;
  return String(missingProperty ?? type ?? limit ?? '');
};

const surplusOf = ({ params, propertyName }: ErrorObject): string | undefined =>
  (params as { readonly additionalProperty?: string }).additionalProperty ?? propertyName;

const faultOf = (error: ErrorObject): FormFault => {
  const surplus = surplusOf(error);
  const says = (SENTENCES[error.keyword] ?? ((_: string, schema: ParentSchema) => titled(schema)))(
    limitOf(error),
    (error.parentSchema ?? {}) as ParentSchema,
  );
  return { path: pathOf(error.instancePath), says, ...(surplus === undefined ? {} : { surplus }) };
};

let compiled: ValidateFunction | undefined;

const validator = (): ValidateFunction => {
  const file = join(findProtocols(), 'protocol-document.schema.json');
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictTypes: false }).addFormat('date', isDate);
  return ajv.compile(readJsonFile(file) as object);
};

/** None: the value has the form of a `ProtocolDocument`. Whether its names mean anything is for the linter. */
export const formFaults = (value: unknown): readonly FormFault[] => {
  compiled ??= validator();
  if (compiled(value)) return [];
  return (compiled.errors ?? []).filter(({ keyword }) => !ECHOES.includes(keyword)).map(faultOf);
};
