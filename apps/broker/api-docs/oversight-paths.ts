// What data protection officers ask beside single decisions, in the document.
import { CONSENT_CHOICES, CONSENT_FILTERS, type ConsentFilters, LONGEST_FILTER } from '#egress';
import { BODY_FAULTS, LEARNER, NOBODY, NOT_FOR_YOU, PAGE_FAULTS } from './audit-paths.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { type Content, json, type Operation, type Parameter, type Paths } from './openapi.ts';
import { problem } from './problem-responses.ts';

const WHO = { learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w' };
const CONSENT = {
  id: 'connexions-north/k-1',
  capturedBy: 'connexions-north',
  status: 'withdrawn',
  protocol: 'e2e-passport',
  purposes: ['plan-learning'],
  categories: ['assessment'],
  recipients: ['provider'],
  givenBy: 'learner',
  method: 'signed-form',
  notice: { id: 'e2e', version: '1', language: 'en' },
  evidence: true,
  validFrom: '2026-06-29',
  recordedAt: '2026-06-29T10:04:00.000Z',
  changedAt: '2026-11-30T09:00:00.000Z',
  counts: true,
  reliedOn: 1,
};
const WITHDRAWAL = {
  position: '5120',
  at: '2026-11-30T09:00:00.000Z',
  by: 'learner',
  onOwnPage: true,
  capturedBy: 'learner-page',
  lastBefore: { position: '4711', at: '2026-09-07T09:12:00.000Z', recipient: 'heath-town-skills' },
  reliedOnAfter: 0,
  tombstones: [{ position: '5122', at: '2026-11-30T09:00:00.400Z', recipient: 'heath-town-skills', seconds: 0.4, items: 1 }],
  awaited: [],
  stoppedAt: '2026-11-30T09:00:00.400Z',
  seconds: 0.4,
  notices: [
    {
      notice: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
      recipient: 'heath-town-skills',
      issuedAt: '2026-11-30T09:00:01.000Z',
      due: '2026-12-05',
      state: 'acknowledged',
      acknowledgedOn: '2026-12-02',
      action: 'deleted',
      days: 2,
    },
  ],
};
const LIFE = {
  ...WHO,
  ...CONSENT,
  steps: [
    {
      kind: 'given',
      position: '3001',
      at: CONSENT.recordedAt,
      saidAt: CONSENT.recordedAt,
      by: 'learner',
      onOwnPage: false,
      capturedBy: CONSENT.capturedBy,
      counts: true,
    },
    {
      kind: 'withdrawn',
      position: WITHDRAWAL.position,
      at: WITHDRAWAL.at,
      saidAt: WITHDRAWAL.at,
      by: 'learner',
      onOwnPage: true,
      capturedBy: WITHDRAWAL.capturedBy,
      counts: true,
    },
  ],
  bands: [
    { status: 'given', from: CONSENT.recordedAt, until: WITHDRAWAL.at },
    { status: 'withdrawn', from: WITHDRAWAL.at },
  ],
  relied: [
    {
      position: '4711',
      at: '2026-09-07T09:12:00.000Z',
      recipient: 'heath-town-skills',
      staff: 'staff-17',
      route: 'learner',
      asked: 'passport',
      clause: 'e2e-passport@1#EP3',
      basis: '6(1)(e)',
      purpose: 'plan-learning',
      revision: 2,
      categories: ['assessment'],
      items: 1,
    },
  ],
  lanes: [
    { recipient: 'heath-town-skills', disclosures: 1, first: '2026-09-07T09:12:00.000Z', last: '2026-09-07T09:12:00.000Z', after: 0 },
  ],
  withdrawal: WITHDRAWAL,
};
const OVERVIEW = {
  ...WHO,
  consents: [CONSENT],
  rights: [],
  identity: [{ type: 'learner.registered', position: '2990', at: '2026-06-29T10:00:00.000Z', capturedBy: 'connexions-north' }],
  counts: {
    decisions: 12,
    answered: 11,
    refused: 1,
    looks: 2,
    latest: '2026-11-29T16:00:00.000Z',
    notices: { open: 0, overdue: 0, acknowledged: 1 },
  },
};
const AS_OF = {
  ...WHO,
  agency: 'heath-town-skills',
  day: '2026-09-03',
  purpose: 'plan-learning',
  at: '2026-09-03T22:59:59.999Z',
  outcome: 'not-known',
  permitted: [],
  refused: [],
};
const SUMMARY = {
  at: '2026-11-30',
  notices: { open: 3, overdue: 1, oldestDue: '2026-11-25' },
  withdrawals: 2,
  refusals: { refused: 14, more: false },
  protocols: [{ protocol: 'e2e-passport', version: 1, status: 'in-force', due: '2026-12-20' }],
  log: { position: '48213', viewPosition: '48213' },
};

const IN_PATH: Parameter = { ...LEARNER, name: 'ref', in: 'path' };
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

const PAGE: readonly Parameter[] = [
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer to the same question.', schema: { type: 'string' } },
  { name: 'limit', in: 'query', description: 'Rows on a page.', schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 } },
];

const AS_OF_PARAMETERS: readonly Parameter[] = [
  LEARNER,
  {
    name: 'agency',
    in: 'query',
    description: 'Whose sight it is asked for; an officer of an agency asks about that one, and need not name it.',
    schema: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,39}$' },
  },
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

const operation = (about: About, content: Content, faults: Operation['responses']): Operation => {
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

const CSV: Content = {
  'text/csv': { schema: { type: 'string', description: 'RFC 4180; lists joined by `; `. All pages, each recorded.' } },
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
      { operationId: 'auditConsent', summary: 'The life of one consent.', parameters: [IN_PATH, CONSENT_ID] },
      json('ConsentLife', { life: LIFE }),
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
