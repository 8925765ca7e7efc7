// Requests as an OpenAPI document describes them, and requests that it does not describe: for fast-check.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { OpenApiDocument, Operation, Parameter } from '../../apps/broker/api-docs/openapi.ts';

type Node = Readonly<Record<string, unknown>>;

export interface Request {
  /** With its query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly operation: Operation;
}

export const routesIn = ({ paths }: OpenApiDocument): readonly Route[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );

/** Of patterns by classes of Unicode, which cannot be generated from: these, and whatever else matches where plain text does. */
const PLAIN = 'A-17';
const SAMPLES = [PLAIN, 'Ünïcode 17', '学生', '😀', 'plan-learning', 'forge', '2026', 'uln:9276308686', 'local:A-17', 'local:学生 17'];
/** Of each kind by which patterns and limits tell characters apart. */
const CHARACTER = fc.constantFrom(...'aZ09 -_./:,"\\éß学😀', '\u00a0', '\u0301', '\u200b');
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc.constantFrom('2026-09-01', '2026-09-30', '2024-02-29'),
  'date-time': fc.constantFrom('2026-09-01T09:00:00Z', '2026-09-30T23:59:59.123+01:00'),
};

/** What a request is made of, by the document's schemas. */
export class DescribedRequests {
  readonly #schemas: Readonly<Record<string, Node>>;
  readonly #ajv = new Ajv2020({ strict: false });
  readonly #compiled = new Map<unknown, ValidateFunction>();

  constructor({ components }: OpenApiDocument) {
    this.#schemas = components.schemas;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'https://broker.example/', components });
  }

  /** Holds what the document describes. */
  isValid(schema: Node, value: unknown): boolean {
    const { $ref, ...rest } = schema as Node & { readonly $ref?: string };
    const key = $ref ?? schema;
    const validate = this.#compiled.get(key) ?? this.#ajv.compile($ref === undefined ? rest : { $ref: `https://broker.example/${$ref}` });
    this.#compiled.set(key, validate);
    return validate(value);
  }

  /** Values that the schema describes. */
  valuesOf(schema: Node): fc.Arbitrary<unknown> {
    const { $ref, allOf, oneOf, enum: codes } = schema as { $ref?: string; allOf?: readonly Node[]; oneOf?: readonly Node[]; enum?: readonly unknown[] };
    if ($ref !== undefined) return this.valuesOf(this.#schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if ('const' in schema) return fc.constant(schema['const']);
    if (codes !== undefined) return fc.constantFrom(...codes);
    if (oneOf !== undefined) return fc.oneof(...oneOf.map((one) => this.valuesOf(one)));
    return allOf === undefined ? this.#typed(schema) : this.#merged(schema, allOf);
  }

  #merged(schema: Node, bases: readonly Node[]): fc.Arbitrary<unknown> {
    const found = bases.map(({ $ref }) => this.#schemas[String($ref).split('/').at(-1) ?? ''] ?? {});
    const properties = [...found, schema].reduce<Record<string, Node>>((all, one) => merged(all, (one['properties'] ?? {}) as Readonly<Record<string, Node>>), {});
    const required = [...found, schema].flatMap((one) => (one['required'] ?? []) as readonly string[]);
    return this.#typed({ type: 'object', properties, required });
  }

  #typed(schema: Node): fc.Arbitrary<unknown> {
    const types: unknown = schema['type'] ?? 'object';
    const [type = 'object'] = [types].flat() as readonly string[];
    if (type === 'object') return this.#objects(schema);
    if (type === 'array') return this.#lists(schema);
    return SCALARS[type]?.(schema) ?? fc.constant(null);
  }

  #lists({ items = {}, minItems = 0 }: { readonly items?: Node; readonly minItems?: number }): fc.Arbitrary<unknown> {
    return fc.array(this.valuesOf(items), { minLength: minItems, maxLength: 2 });
  }

  #objects(schema: Node): fc.Arbitrary<unknown> {
    const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Node>>);
    const model = Object.fromEntries(properties.map(([name, one]) => [name, this.valuesOf(one)]));
    const requiredKeys = Object.keys(model).filter((name) => ((schema['required'] ?? []) as readonly string[]).includes(name));
    return fc.record(model, { requiredKeys }).filter((value) => !('minProperties' in schema || 'if' in schema) || this.isValid(schema, value));
  }

  /** Of the route, with whatever else the caller adds. */
  valid({ path, operation }: Route): fc.Arbitrary<Request> {
    const parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'cursor');
    const model = Object.fromEntries(parameters.map(({ name, schema }) => [name, this.valuesOf(schema).map(String)]));
    const requiredKeys = parameters.flatMap(({ name, required }) => (required ? [name] : []));
    return fc.record(model, { requiredKeys }).map((values) => requestOf(path, parameters, values));
  }

  /** One parameter, at least, is none that the document describes. */
  malformed({ path, operation }: Route): fc.Arbitrary<Request> | undefined {
    const parameters = operation.parameters ?? [];
    const wrong = parameters.filter(({ name }) => name !== 'ref' && name !== 'cursor');
    if (wrong.length === 0) return undefined;
    const right = Object.fromEntries(parameters.filter(({ required }) => required).map(({ name, schema }) => [name, this.valuesOf(schema).map(String)]));
    return fc
      .constantFrom(...wrong)
      .chain(({ name, schema }) => fc.record({ ...right, [name]: printable.filter((text) => text.trim() !== '' && !this.isValid(schema, valueIn(schema, text.trim()))) }))
      .map((values) => requestOf(path, parameters, values as Readonly<Record<string, string>>));
  }
}

/** The schema's length is in characters, of which some take two of UTF-16. */
const texts = (schema: Node): fc.Arbitrary<string> => {
  const { format = '', pattern = '', minLength = 0, maxLength = 200 } = schema as { format?: string; pattern?: string; minLength?: number; maxLength?: number };
  const known = FORMATS[format];
  if (known !== undefined) return known;
  const short = fc.string({ unit: CHARACTER, minLength, maxLength: Math.max(minLength, Math.min(maxLength, 20)) });
  const long = fc.string({ unit: CHARACTER, minLength, maxLength: Math.min(maxLength, 500), size: 'max' });
  const any = fc.oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: long });
  const found = pattern === '' ? any : patterned(pattern, any);
  return found.filter((text) => [...text].length >= minLength && [...text].length <= maxLength);
};

const integers = ({ minimum = 0, maximum = 1000 }: { readonly minimum?: number; readonly maximum?: number }): fc.Arbitrary<number> => fc.integer({ min: minimum, max: maximum });

const SCALARS: Readonly<Record<string, (schema: Node) => fc.Arbitrary<unknown>>> = { string: texts, integer: integers, number: integers, boolean: () => fc.boolean() };

/** What both say of each property holds. */
const merged = (all: Readonly<Record<string, Node>>, more: Readonly<Record<string, Node>>): Record<string, Node> => ({
  ...all,
  ...Object.fromEntries(Object.entries(more).map(([name, one]) => [name, { ...all[name], ...one }])),
});

/** Fit for a header. */
const printable = fc.oneof(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }), fc.constantFrom('0', '-1', '1.5', '1e2', '0x10', '501', '+5', '007', '1,2'));

/** A number in a path, query or header is its decimal digits. */
const valueIn = ({ type }: Node, text: string): unknown => (type === 'integer' && /^(?:0|-?[1-9][0-9]*)$/.test(text) ? Number(text) : text);

const patterned = (pattern: string, any: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const matches = new RegExp(pattern, 'u');
  if (!/\\p|\(\?[=!]/.test(pattern)) return fc.stringMatching(matches, { size: 'small' });
  const samples = fc.constantFrom(...SAMPLES.filter((text) => matches.test(text)));
  return matches.test(PLAIN) ? fc.oneof(samples, any.filter((text) => matches.test(text))) : samples;
};

const requestOf = (path: string, parameters: readonly Parameter[], values: Readonly<Record<string, string | undefined>>): Request => {
  const given = parameters.flatMap(({ name, in: where }) => (values[name] === undefined ? [] : [{ name, where, value: values[name] }]));
  const query = new URLSearchParams(given.filter(({ where }) => where === 'query').map(({ name, value }): [string, string] => [name, value])).toString();
  const filled = given.filter(({ where }) => where === 'path').reduce((template, { name, value }) => template.replace(`{${name}}`, encodeURIComponent(value)), path);
  return {
    path: query === '' ? filled : `${filled}?${query}`,
    headers: Object.fromEntries(given.filter(({ where }) => where === 'header').map(({ name, value }) => [name, value])),
  };
};
