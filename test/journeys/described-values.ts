// Values as JSON Schemas describe them: for fast-check.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';

export type Node = Readonly<Record<string, unknown>>;

/** Of patterns by classes of Unicode, which cannot be generated from: these, and whatever else matches where plain text does. */
const PLAIN = 'A-17';
const SAMPLES = [PLAIN, 'Ünïcode 17', '学生', '😀', 'plan-learning', 'forge', '2026', 'uln:9276308686', 'local:A-17', 'local:学生 17'];
/** Of each kind by which patterns and limits tell characters apart. */
const CHARACTER = fc.constantFrom(...'aZ09 -_./:,"\\éß学😀', '\u00a0', '\u0301', '\u200b');
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc.constantFrom('2026-09-01', '2026-09-30', '2024-02-29'),
  'date-time': fc.constantFrom('2026-09-01T09:00:00Z', '2026-09-30T23:59:59.123+01:00'),
};

const BASE = 'https://schemas.example/';

export class DescribedValues {
  readonly #schemas: Readonly<Record<string, Node>>;
  readonly #ajv = new Ajv2020({ strict: false });
  readonly #compiled = new Map<unknown, ValidateFunction>();

  readonly #named: Readonly<Record<string, fc.Arbitrary<unknown>>>;

  /**
   * `schemas`: what `#/components/schemas/<name>` refers to; `named`: what stands for a text under a property of that name, now and then.
   */
  constructor(schemas: Readonly<Record<string, Node>> = {}, named: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) {
    this.#schemas = schemas;
    this.#named = named;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: BASE, components: { schemas } });
  }

  /** Is as the schema describes it. */
  isValid(schema: Node, value: unknown): boolean {
    const { $ref, ...rest } = schema as Node & { readonly $ref?: string };
    const key = $ref ?? schema;
    const validate = this.#compiled.get(key) ?? this.#ajv.compile($ref === undefined ? rest : { $ref: `${BASE}${$ref}` });
    this.#compiled.set(key, validate);
    return validate(value);
  }

  of(schema: Node): fc.Arbitrary<unknown> {
    const {
      $ref,
      allOf,
      oneOf,
      enum: codes,
    } = schema as { $ref?: string; allOf?: readonly Node[]; oneOf?: readonly Node[]; enum?: readonly unknown[] };
    if ($ref !== undefined) return this.of(this.#schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if ('const' in schema) return fc.constant(schema['const']);
    if (codes !== undefined) return fc.constantFrom(...codes);
    if (oneOf !== undefined) return fc.oneof(...oneOf.map((one) => this.of(one)));
    return allOf === undefined ? this.#typed(schema) : this.#merged(schema, allOf);
  }

  #merged(schema: Node, bases: readonly Node[]): fc.Arbitrary<unknown> {
    const found = bases.map(({ $ref }) => this.#schemas[String($ref).split('/').at(-1) ?? ''] ?? {});
    const properties = [...found, schema].reduce<Record<string, Node>>(
      (all, one) => merged(all, (one['properties'] ?? {}) as Readonly<Record<string, Node>>),
      {},
    );
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
    return fc.array(this.of(items), { minLength: minItems, maxLength: 2 });
  }

  #under(name: string, schema: Node): fc.Arbitrary<unknown> {
    const named = this.#named[name];
    const any = this.of(schema);
    if (named === undefined) return any;
    const fitting = schema['type'] === 'array' ? fc.array(named, { minLength: 1, maxLength: 2 }) : named;
    const fits = fc.sample(fitting, { numRuns: 10, seed: 1 }).some((value) => this.isValid(schema, value));
    return fits
      ? fc.oneof({ weight: 7, arbitrary: fitting.filter((value) => this.isValid(schema, value)) }, { weight: 1, arbitrary: any })
      : any;
  }

  #objects(schema: Node): fc.Arbitrary<unknown> {
    const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Node>>);
    const model = Object.fromEntries(properties.map(([name, one]) => [name, this.#under(name, one)]));
    const requiredKeys = Object.keys(model).filter((name) => ((schema['required'] ?? []) as readonly string[]).includes(name));
    return fc
      .record(model, { requiredKeys })
      .filter((value) => !('minProperties' in schema || 'if' in schema) || this.isValid(schema, value));
  }
}

/** The schema's length is in characters, of which some take two of UTF-16. */
const texts = (schema: Node): fc.Arbitrary<string> => {
  const {
    format = '',
    pattern = '',
    minLength = 0,
    maxLength = 200,
  } = schema as { format?: string; pattern?: string; minLength?: number; maxLength?: number };
  const known = FORMATS[format];
  if (known !== undefined) return known;
  const short = fc.string({ unit: CHARACTER, minLength, maxLength: Math.max(minLength, Math.min(maxLength, 20)) });
  const long = fc.string({ unit: CHARACTER, minLength, maxLength: Math.min(maxLength, 500), size: 'max' });
  const any = fc.oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: long });
  const found = pattern === '' ? any : patterned(pattern, any);
  return found.filter((text) => [...text].length >= minLength && [...text].length <= maxLength);
};

const integers = ({ minimum = 0, maximum = 1000 }: { readonly minimum?: number; readonly maximum?: number }): fc.Arbitrary<number> =>
  fc.integer({ min: minimum, max: maximum });

const SCALARS: Readonly<Record<string, (schema: Node) => fc.Arbitrary<unknown>>> = {
  string: texts,
  integer: integers,
  number: integers,
  boolean: () => fc.boolean(),
};

/** What both say of each property holds. */
const merged = (all: Readonly<Record<string, Node>>, more: Readonly<Record<string, Node>>): Record<string, Node> => ({
  ...all,
  ...Object.fromEntries(Object.entries(more).map(([name, one]) => [name, { ...all[name], ...one }])),
});

const patterned = (pattern: string, any: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const matches = new RegExp(pattern, 'u');
  if (!/\\p|\(\?[=!]/.test(pattern)) return fc.stringMatching(matches, { size: 'small' });
  const samples = fc.constantFrom(...SAMPLES.filter((text) => matches.test(text)));
  return matches.test(PLAIN)
    ? fc.oneof(
        samples,
        any.filter((text) => matches.test(text)),
      )
    : samples;
};
