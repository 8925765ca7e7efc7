// Requests as an OpenAPI document describes them, and requests that it does not describe: for fast-check.
import fc from 'fast-check';
import type { OpenApiDocument, Operation, Parameter } from '../../apps/broker/api-docs/openapi.ts';
import { DescribedValues, type Node } from './described-values.ts';

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

/** What a request is made of, by the document's schemas. */
export class DescribedRequests {
  readonly values: DescribedValues;

  constructor({ components }: OpenApiDocument) {
    this.values = new DescribedValues(components.schemas);
  }

  /** Of the route, with whatever else the caller adds. */
  valid({ path, operation }: Route): fc.Arbitrary<Request> {
    const parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'cursor');
    const model = Object.fromEntries(parameters.map((parameter) => [parameter.name, this.#valueOf(parameter)]));
    const requiredKeys = parameters.flatMap(({ name, required }) => (required ? [name] : []));
    return fc.record(model, { requiredKeys }).map((values) => requestOf(path, parameters, values));
  }

  #valueOf({ in: where, schema }: Parameter): fc.Arbitrary<string> {
    const values = this.values.of(schema).map(String);
    // Whoever sends a request takes these away, and what is before them: they name no thing (RFC 3986, 5.2.4).
    return where === 'path' ? values.filter((value) => value !== '.' && value !== '..') : values;
  }

  /** Of some parameters whatever can be sent is one, as preferences that nobody knows are passed over (RFC 7240). */
  #canBeWrong(schema: Node): boolean {
    return fc.sample(printable, { numRuns: 100, seed: 1 }).some((text) => !this.values.isValid(schema, valueIn(schema, text.trim())));
  }

  /** One parameter, at least, is none that the document describes. */
  malformed({ path, operation }: Route): fc.Arbitrary<Request> | undefined {
    const parameters = operation.parameters ?? [];
    // What stands in a path names something: whatever is no name of anything is not there.
    const wrong = parameters.filter(({ name, in: where, schema }) => where !== 'path' && name !== 'cursor' && this.#canBeWrong(schema));
    if (wrong.length === 0) return undefined;
    const right = Object.fromEntries(
      parameters.filter(({ required }) => required).map((parameter) => [parameter.name, this.#valueOf(parameter)]),
    );
    return fc
      .constantFrom(...wrong)
      .chain(({ name, schema }) =>
        fc.record({
          ...right,
          [name]: printable.filter((text) => text.trim() !== '' && !this.values.isValid(schema, valueIn(schema, text.trim()))),
        }),
      )
      .map((values) => requestOf(path, parameters, values as Readonly<Record<string, string>>));
  }
}

/** Fit for a header. */
const printable = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }),
  fc.constantFrom('0', '-1', '1.5', '1e2', '0x10', '501', '+5', '007', '1,2', 'x'.repeat(501)),
);

/** A number in a path, query or header is its decimal digits. */
const valueIn = ({ type }: Node, text: string): unknown => (type === 'integer' && /^(?:0|-?[1-9][0-9]*)$/.test(text) ? Number(text) : text);

const requestOf = (path: string, parameters: readonly Parameter[], values: Readonly<Record<string, string | undefined>>): Request => {
  const given = parameters.flatMap(({ name, in: where }) => (values[name] === undefined ? [] : [{ name, where, value: values[name] }]));
  const query = new URLSearchParams(
    given.filter(({ where }) => where === 'query').map(({ name, value }): [string, string] => [name, value]),
  ).toString();
  const filled = given
    .filter(({ where }) => where === 'path')
    .reduce((template, { name, value }) => template.replace(`{${name}}`, encodeURIComponent(value)), path);
  return {
    path: query === '' ? filled : `${filled}?${query}`,
    headers: Object.fromEntries(given.filter(({ where }) => where === 'header').map(({ name, value }) => [name, value])),
  };
};
