import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { REJECTION_CODES } from '#admission';
import { shippedCatalogue } from '#catalogue';
import { HTTP_PROBLEMS } from '#http';
import { MESSAGE_FAULTS } from '#ingress';
import { API_VERSION, openApiDocument } from './document.ts';
import { schemaName } from './event-schemas.ts';
import type { MediaType, Operation, Parameter, Response } from './openapi.ts';

const catalogue = shippedCatalogue();
const NOW = Date.UTC(2030, 0, 1);
const document = openApiDocument({ catalogue, purposes: ['plan-learning'] });

const ROOT = 'https://broker.example/openapi.json';
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats.default(ajv);
ajv.addVocabulary([...Object.keys(document), 'discriminator', 'x-concordat', 'x-jws-payload', 'x-labels']);
ajv.addSchema({ $id: ROOT, ...document });

const named = (name: string): ValidateFunction => ajv.compile({ $ref: `${ROOT}#/components/schemas/${name}` });
const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
const at = (...path: readonly string[]): ValidateFunction => ajv.compile({ $ref: `${ROOT}#/${path.map(escaped).join('/')}` });

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

const operations: readonly Described[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

const responses = operations.flatMap(({ path, method, operation }) =>
  Object.entries(operation.responses).map(([status, response]: [string, Response]) => ({ path, method, status, response })),
);

describe('the OpenAPI document', () => {
  it('conforms to the meta-schema of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('says of whatever is asked for that a parameter may be refused, as one that stands there twice is everywhere', () => {
    const asked = responses.filter(({ path, method, status }) => path.startsWith('/v1/') && method === 'get' && status === '400');
    const silent = asked.filter(({ response }) => !JSON.stringify(response).includes('"bad-request"')).map(({ path }) => path);
    expect([asked.length > 50, silent]).toEqual([true, []]);
  });

  it('bears the version of the package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(API_VERSION).toBe(version);
  });

  it('names each operation once, with tags and a security scheme that exist', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = new Set(document.tags.map(({ name }) => name));
    expect(operations.flatMap(({ operation }) => operation.tags).filter((tag) => !tags.has(tag))).toEqual([]);
    const schemes = operations.flatMap(({ operation }) => (operation.security ?? []).flatMap(Object.keys));
    expect(schemes.filter((name) => !(name in document.components.securitySchemes))).toEqual([]);
  });

  it('describes every parameter of its paths', () => {
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((parameter: Parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(described).toEqual(named);
    }
  });

  it('has components that compile, all of them reachable from a path or an event', () => {
    for (const name of Object.keys(document.components.schemas)) expect(named(name)).toBeInstanceOf(Function);
    const text = JSON.stringify(document);
    const unused = Object.keys(document.components.schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    expect(unused).toEqual([]);
  });
});

describe('the examples', () => {
  const examples = responses.flatMap(({ path, method, status, response }) =>
    Object.entries(response.content ?? {}).flatMap(([type, media]: [string, MediaType]) =>
      Object.entries(media.examples ?? {}).map(([name, { value }]) => ({
        title: `${method} ${path} ${status} ${type} ${name}`,
        schema: ['paths', path, method, 'responses', status, 'content', type, 'schema'],
        status,
        name,
        value,
      })),
    ),
  );

  it.each(examples)('$title conforms to its schema', ({ schema, value }) => {
    const validate = at(...schema);
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('of problems bear the status under which they stand, and the code that names them', () => {
    const problems = examples.filter(({ schema }) => schema.includes('application/problem+json'));
    for (const { status, name, value } of problems) expect(value).toMatchObject({ status: Number(status), code: name });
  });
});

describe('problem codes', () => {
  const answered = new Set(
    responses.flatMap(({ response }) => Object.keys(response.content?.['application/problem+json']?.examples ?? {})),
  );
  /** No route of the HTTP interface brings them about. */
  const elsewhere = ['no-such-route', 'method-not-allowed', 'request-timeout', 'headers-too-large', 'unknown-agency', 'erased', 'not-kept'];

  it('of HTTP answers and of signed messages stand in the answer of some operation', () => {
    const all = [...Object.keys(HTTP_PROBLEMS), ...Object.keys(MESSAGE_FAULTS)];
    expect(all.filter((code) => !answered.has(code)).sort()).toEqual([...elsewhere].sort());
  });

  it('of rejected events stand in receipts', () => {
    const validate = named('Rejection');
    for (const code of REJECTION_CODES) {
      expect(validate({ type: `urn:concordat:problem:${code}`, title: 'x', status: 400, code, detail: 'x' })).toBe(true);
    }
  });
});

describe('events', () => {
  const exampleOf = (type: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../protocols/catalogue/examples/${type}.json`, import.meta.url), 'utf8'));
  const event = named('Event');

  const complete = (type: (typeof catalogue.types)[number]): Record<string, unknown> => ({
    specversion: '1.0',
    id: 'm-1',
    source: 'urn:concordat:agency:connexions-north',
    type: type.name,
    ...(type.subject === 'none' ? {} : { subject: 'uln:9276308686' }),
    time: '2026-09-01T10:00:00+01:00',
    data: exampleOf(`${type.short}.v${type.version}`),
  });

  it.each(catalogue.types.map((type) => [type.name, type] as const))(
    'of the type %s are described, one schema alone fitting its example',
    (_name, type) => {
      const example = complete(type);
      expect(event(example) || event.errors).toBe(true);
      expect(named(schemaName(type))(example)).toBe(true);
    },
  );

  it('with a fault in the envelope are refused by the document and by the broker alike', () => {
    const type = catalogue.byShort('assessment.recorded');
    const faults: readonly Record<string, unknown>[] = [
      { specversion: '0.3' },
      { id: '' },
      { id: 'x'.repeat(256) },
      { id: null },
      { source: 'urn:other:agency:x' },
      { source: 'urn:concordat:agency:UPPER' },
      { subject: 'name:Sam' },
      { subject: 'uln:123' },
      { subject: null },
      { time: 'yesterday' },
      { time: '2026-09-01T10:00:00' },
      { data: 'text' },
      { data: null },
    ];
    const both = faults.map((fault) => {
      const faulty = { ...complete(type), ...fault };
      return { fault, document: event(faulty), broker: catalogue.parseEnvelope(faulty, NOW).ok };
    });
    expect(both).toEqual(faults.map((fault) => ({ fault, document: false, broker: false })));
  });

  it.each([{ traceparent: '00-1' }, { datacontenttype: null }, { dataschema: null }])(
    'with %j in the envelope are taken by both',
    (more) => {
      const taken = { ...complete(catalogue.byShort('assessment.recorded')), ...more };
      expect(event(taken) || event.errors).toBe(true);
      expect(catalogue.parseEnvelope(taken, NOW).ok).toBe(true);
    },
  );
});
