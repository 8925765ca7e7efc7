// Holds answers of a running broker against its own /openapi.json. Stricter than a client: a member that is not described is a fault.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, Response as Described } from '../../apps/broker/api-docs/openapi.ts';

const ROOT = 'https://broker.example/openapi.json';
/** Others add members to these. */
const BASES: ReadonlySet<unknown> = new Set(['Problem', 'EventEnvelope']);

type Node = Record<string, unknown>;

const isObject = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every described object with no members but those described. */
const closed = (value: unknown, name?: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => closed(one));
  if (!isObject(value)) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one, key)]));
  return value['type'] === 'object' && 'properties' in value && !BASES.has(name) ? { ...inside, unevaluatedProperties: false } : inside;
};

export interface Exchange {
  readonly method: 'get' | 'post';
  /** As the document writes it: `/v1/learners/{ref}/passport`. */
  readonly path: string;
  readonly response: Response;
  /** The body, already read. */
  readonly text: string;
}

export class ApiContract {
  readonly document: OpenApiDocument;
  readonly #ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addVocabulary([...Object.keys(document), 'discriminator', 'x-concordat', 'x-jws-payload', 'x-labels']);
    this.#ajv.addSchema({ $id: ROOT, ...(closed(document) as OpenApiDocument) });
  }

  /** Throws where the document does not describe this answer. */
  check({ method, path, response, text }: Exchange): void {
    const fault = this.#faultOf({ method, path, response, text });
    if (fault !== undefined) throw new Error(`${method} ${path} ${response.status} ${fault}: ${text}`);
  }

  #faultOf({ method, path, response: { status, headers }, text }: Exchange): string | undefined {
    const described = this.#responseAt(path, method, status);
    if (!described) return 'is not described';
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    if (!(type in (described.content ?? {}))) return `has a content type that is not described, ${type}`;
    const validate = this.#schemaAt(['paths', path, method, 'responses', String(status), 'content', type, 'schema']);
    if (!validate(bodyOf(type, text))) return `has another form than described, ${JSON.stringify(validate.errors)}`;
    const missing = headersMissing(described, headers);
    return missing.length > 0 ? `lacks ${missing.join(', ')}` : undefined;
  }

  #responseAt(path: string, method: Exchange['method'], status: number): Described | undefined {
    return this.document.paths[path]?.[method]?.responses[String(status)];
  }

  #schemaAt(path: readonly string[]): ValidateFunction {
    const pointer = path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const compiled = this.#compiled.get(pointer) ?? this.#ajv.compile({ $ref: `${ROOT}#/${pointer}` });
    this.#compiled.set(pointer, compiled);
    return compiled;
  }
}

const headersMissing = ({ headers = {} }: Described, answered: Headers): readonly string[] =>
  Object.entries(headers).flatMap(([name, { required }]) => (required && !answered.has(name) ? [name] : []));

const bodyOf = (type: string, text: string): unknown => (type.endsWith('json') ? JSON.parse(text) : text);
