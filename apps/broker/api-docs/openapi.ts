// The parts of OpenAPI 3.1 that the document uses (https://spec.openapis.org/oas/v3.1.1.html).
import type { Schema } from '#catalogue';

export interface Example {
  readonly summary?: string;
  readonly value: unknown;
}

export interface MediaType {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, Example>>;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface Header {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Content;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, Example>>;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** Absent: no token is needed. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly description?: string; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

export type PathItem = Readonly<Partial<Record<'get' | 'post', Operation>>>;
export type Paths = Readonly<Record<string, PathItem>>;
export type Schemas = Readonly<Record<string, Schema>>;

export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Paths;
  readonly components: {
    readonly schemas: Schemas;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

export const ref = (schema: string): Schema => ({ $ref: `#/components/schemas/${schema}` });

/** An object whose members are those of a type of ours; `required` names the ones that are always there. */
export const objectOf = <Shape extends object>(
  properties: { readonly [Member in Extract<keyof Shape, string>]-?: Schema },
  required: readonly NoInfer<Extract<keyof Shape, string>>[],
  description?: string,
): Schema => ({ type: 'object', ...(description === undefined ? {} : { description }), required, properties });

/** The same for what no type of ours describes. */
export const plainObject = (properties: Schemas, required: readonly string[], description?: string): Schema =>
  objectOf<Schemas>(properties, required, description);

/** JSON content of a named schema, with examples by their summary. */
export const json = (schema: string, examples: Readonly<Record<string, unknown>> = {}): Content => ({
  'application/json': { schema: ref(schema), ...examplesOf(examples) },
});

export const examplesOf = (examples: Readonly<Record<string, unknown>>): Pick<MediaType, 'examples'> =>
  Object.keys(examples).length === 0
    ? {}
    : { examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) };
