// What data protection officers ask beside single decisions, in the document.
import { CONSENT_CHOICES, CONSENT_FILTERS, type ConsentFilters, LONGEST_FILTER } from '#egress';
import { BODY_FAULTS, CSV, LEARNER, NOBODY, NOT_FOR_YOU, PAGE_FAULTS } from './audit-paths.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { type Content, json, type Operation, type Parameter, type Paths } from './openapi.ts';
import { AS_OF, CONSENT, LIFE, OVERVIEW, SUMMARY, WHO, WITHDRAWAL } from './oversight-examples.ts';
import { problem } from './problem-responses.ts';

export const IN_PATH: Parameter = { ...LEARNER, name: 'ref', in: 'path' };
const CONSENT_ID: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'As decisions name it, `source/id` with the slash encoded (`%2F`); or the id alone, where that is one.',
  schema: { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' },
};

const filterSchema = (name: keyof ConsentFilters): Parameter['schema'] => {
  if (name === 'expiresBefore') return { type: 'string', format: 'date', pattern: '^20' };
  const choices = CONSENT_CHOICES[name];
  return choices ? { type: 'string', enum: choices } : { type: 'string', minLength: 1, maxLength: LONGEST_FILTER };
};

const SAYS: Readonly<Partial<Record<keyof ConsentFilters, string>>> = {
  recipient: 'A role, or an agency, for which its roles stand too.',
  notice: 'A notice, or one version of it as `id@version`.',
  capturedBy: 'The agency that recorded it.',
  expiresBefore: 'Consents whose last day is before this one.',
};

const filter = (name: keyof ConsentFilters): Parameter => ({
  name,
  in: 'query',
  description: SAYS[name] ?? `Consents whose \`${name}\` is this.`,
  schema: filterSchema(name),
});

export const PAGE: readonly Parameter[] = [
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer to the same question.', schema: { type: 'string' } },
  { name: 'limit', in: 'query', description: 'Rows on a page.', schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 } },
];

export const AGENCY: Parameter = {
  name: 'agency',
  in: 'query',
  description: 'Of which it is asked; an officer of an agency asks about that one, and need not name it.',
  schema: { type: 'string', pattern: '^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$' },
};

const AS_OF_PARAMETERS: readonly Parameter[] = [
  LEARNER,
  AGENCY,
  {
    name: 'day',
    in: 'query',
    required: true,
    description: 'At whose end, in London.',
    schema: { type: 'string', format: 'date', pattern: '^20' },
  },
  {
    name: 'purpose',
    in: 'query',
    required: true,
    description: 'What for.',
    schema: { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' },
  },
];

type About = Pick<Operation, 'operationId' | 'summary'> & Partial<Pick<Operation, 'parameters' | 'requestBody'>>;

export const operation = (about: About, content: Content, faults: Operation['responses']): Operation => {
  const { 404: _, ...refused } = learnerRefused;
  return {
    ...about,
    tags: ['oversight'],
    description:
      'The look is recorded before the answer leaves, and each learner whom it names can see it. An officer of an agency is told of what touches its data or its staff; the partnership’s officer of all that counts; contents nobody.',
    security: [{ bearer: [] }],
    responses: {
      200: { description: 'As the log has it.', headers: POSITION, content },
      ...refused,
      403: NOT_FOR_YOU,
      ...faults,
    },
  };
};

const FILTER_FAULTS = problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
  description: 'A parameter is missing, unknown or not well formed.',
  someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
});

const SIGNED_RECORD: Content = {
  'application/jose': {
    schema: {
      type: 'string',
      contentMediaType: 'application/jose',
      description:
        'JWS over the parts that ISO/IEC TS 27560:2023 names (`alg` EdDSA, `kid` of /.well-known/jwks.json, `typ` concordat-consent-record+jws).',
    },
  },
};

export const oversightPaths: Paths = {
  '/v1/audit/summary': {
    get: operation({ operationId: 'auditSummary', summary: 'How today stands, in numbers.' }, json('AuditSummary', { today: SUMMARY }), {
      400: problem(['bad-request'], { description: 'The request is not well formed.' }),
    }),
  },
  '/v1/audit/find': {
    post: operation(
      {
        operationId: 'auditFind',
        summary: 'Where a reference, a position or an id in hand leads. The word is recorded blind.',
        requestBody: { required: true, content: json('ToFind', { position: { query: '4711' } }) },
      },
      json('Found', { decision: { found: [{ ...WHO, kind: 'decision', decision: '4711' }] }, nothing: { found: [] } }),
      { 400: FILTER_FAULTS, ...BODY_FAULTS },
    ),
  },
  '/v1/audit/learners/{ref}': {
    get: operation(
      {
        operationId: 'auditLearner',
        summary: 'One learner at a glance: consents, rights, statements of identity, counts.',
        parameters: [IN_PATH],
      },
      json('LearnerOverview', { overview: OVERVIEW }),
      { 400: FILTER_FAULTS, 404: NOBODY },
    ),
  },
  '/v1/audit/consents': {
    get: operation(
      { operationId: 'auditConsents', summary: 'Consents across learners.', parameters: [...CONSENT_FILTERS.map(filter), ...PAGE] },
      { ...json('ConsentRows', { page: { rows: [{ ...WHO, ...CONSENT }] } }), ...CSV },
      { 400: PAGE_FAULTS },
    ),
  },
  '/v1/audit/consents/{ref}/{id}': {
    get: operation(
      {
        operationId: 'auditConsent',
        summary: 'The life of one consent; with `Accept: application/jose` its record, signed by the broker.',
        parameters: [IN_PATH, CONSENT_ID],
      },
      { ...json('ConsentLife', { life: LIFE }), ...SIGNED_RECORD },
      { 400: FILTER_FAULTS, 404: NOBODY },
    ),
  },
  '/v1/audit/as-of': {
    get: operation(
      { operationId: 'auditAsOf', summary: 'What an agency could see of a learner on a day, for a purpose.', parameters: AS_OF_PARAMETERS },
      json('AsOf', { nothing: AS_OF }),
      { 400: FILTER_FAULTS, 404: NOBODY },
    ),
  },
  '/v1/audit/withdrawals': {
    get: operation(
      { operationId: 'auditWithdrawals', summary: 'Withdrawals of consent, and how fast each bit.', parameters: PAGE },
      {
        ...json('WithdrawalRows', {
          page: { rows: [{ ...WHO, id: CONSENT.id, protocol: CONSENT.protocol, categories: CONSENT.categories, ...WITHDRAWAL }] },
        }),
        ...CSV,
      },
      { 400: PAGE_FAULTS },
    ),
  },
};
