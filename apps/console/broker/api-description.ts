// The broker's own description of its interface (OpenAPI): which fields hold codes, and what these are called, so that no page shows a bare
// code where there is a word for it.
import type { AskPublic } from './agreements.ts';

export interface ApiSchema {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly items?: ApiSchema;
  readonly anyOf?: readonly ApiSchema[];
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  /** What codes are called. */
  readonly 'x-labels'?: CodeWords;
}

export interface ApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, ApiSchema>> };
  readonly paths: Readonly<Record<string, { readonly get?: { readonly responses: Readonly<Record<string, ApiResponse>> } }>>;
}
interface ApiResponse {
  readonly content?: Readonly<Record<string, { readonly schema?: ApiSchema }>>;
}

export type CodeWords = Readonly<Record<string, string>>;
/** Of each field that holds codes their words, as far as there are any; by name, joined by `_` where it lies within another. */
export type CodeFields = ReadonlyMap<string, CodeWords>;

const NAME = '#/components/schemas/';

export class ApiDescription {
  #document: Promise<ApiDocument> | undefined;

  /** It changes with the broker alone. */
  document(ask: AskPublic): Promise<ApiDocument> {
    this.#document ??= ask('/openapi.json') as Promise<ApiDocument>;
    this.#document.catch(() => (this.#document = undefined));
    return this.#document;
  }

  /** Of what `path` answers; within its `rows` of one of these. */
  async codesIn(ask: AskPublic, path: string): Promise<CodeFields> {
    const document = await this.document(ask);
    const answer = document.paths[path]?.get?.responses['200']?.content?.['application/json']?.schema;
    return answer === undefined ? new Map() : codeFieldsIn(document, answer);
  }
}

/** Exported for its spec. */
export const codeFieldsIn = (document: ApiDocument, answer: ApiSchema): CodeFields => {
  const whole = fieldsUnder(document, answer, '');
  return new Map(whole.map(([name, words]) => [name.replace(/^rows_/, ''), words]));
};

const resolved = (document: ApiDocument, { $ref: reference, ...schema }: ApiSchema): ApiSchema =>
  reference === undefined ? schema : { ...document.components.schemas[reference.replace(NAME, '')], ...schema };

const fieldsUnder = (document: ApiDocument, schema: ApiSchema, name: string): readonly (readonly [string, CodeWords])[] => {
  const { anyOf = [], items, properties = {}, enum: codes, 'x-labels': words } = resolved(document, schema);
  const own = codes === undefined && words === undefined ? [] : [[name, words ?? {}] as const];
  return [
    ...own,
    ...[...anyOf, ...(items ? [items] : [])].flatMap((one) => fieldsUnder(document, one, name)),
    ...Object.entries(properties).flatMap(([part, one]) => fieldsUnder(document, one, name === '' ? part : `${name}_${part}`)),
  ];
};
