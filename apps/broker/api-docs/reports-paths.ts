// How the data manager verifies and publishes lists that close, in the document (ADR 46).
import { allLists, isOfThings, RULE_CODES } from '#read-models';
import { WAIVER_REASONS } from '#reports';
import { json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { ACCEPT_ENCODING, internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const CLOSING = allLists.flatMap((list) => (!isOfThings(list) && list.closing ? [list.name] : []));
const COUNTS = { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } } as const;
const ISSUES = { type: 'array', items: { type: 'object' }, description: 'Rows as `data-quality/issues` has them.' } as const;

export const reportSchemas: Schemas = {
  Report: plainObject(
    {
      table: { enum: CLOSING },
      period: { type: 'string', description: 'Month of the list.' },
      status: { enum: ['verified', 'published'] },
      closedAt: { type: 'string', format: 'date-time' },
      position: { ...ref('Position'), description: 'Of what was recorded of it in the log.' },
      counts: { ...COUNTS, description: 'What stands in it.' },
      previous: { ...COUNTS, description: 'The same of the month before, where that was looked at.' },
      issues: { ...ISSUES, description: 'Open findings about what stands in it: those that block, then those that warn.' },
      excluded: { type: 'integer', minimum: 0, description: 'Events that are left out.' },
    },
    ['table', 'period', 'status', 'closedAt', 'position', 'counts', 'issues', 'excluded'],
  ),
  ReleaseRequest: plainObject(
    { leaveOut: { type: 'array', items: ref('Position'), description: 'Positions of events that are not published.' } },
    [],
  ),
  WaiverRequest: plainObject(
    { rule: { enum: RULE_CODES, description: 'Which rule found it.' }, reason: { enum: WAIVER_REASONS, description: 'Why it may stand.' } },
    ['rule', 'reason'],
  ),
  IssueQuestion: plainObject({ rule: { enum: RULE_CODES, description: 'Which rule found it.' } }, ['rule']),
  IssueAsked: plainObject(
    { state: { const: 'asked' }, position: { ...ref('Position'), description: 'Absent where the agency was asked today already.' } },
    ['state'],
  ),
  Waiver: plainObject(
    { state: { const: 'waived' }, position: { ...ref('Position'), description: 'Absent where it was waived already.' } },
    ['state'],
  ),
};

const REPORT = {
  table: CLOSING[0] ?? '',
  period: '2026-09',
  status: 'verified',
  closedAt: '2026-10-05T05:00:00.000Z',
  position: '1042',
  counts: { start: 7, 'left-early': 1 },
  issues: [],
  excluded: 0,
};

const inPath = (name: string, schema: Parameter['schema'], description: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const NAMED = [
  inPath('table', { type: 'string', enum: CLOSING }, 'A list that closes.'),
  inPath('period', { type: 'string', pattern: '^20\\d{2}-(0[1-9]|1[0-2])$' }, 'The month.'),
];

const refused: Operation['responses'] = {
  401: problem(['no-token', 'invalid-token'], {
    description: 'No token, or none that is in force.',
    headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
  }),
  403: problem(['not-permitted'], {
    description: 'Only the data manager does this.',
    someMembers: { clauses: { type: 'array', items: { type: 'string' } } },
  }),
  413: problem(['too-large'], { description: 'The request is larger than 1 MiB.' }),
  415: problem(['unsupported-media-type'], {
    description: 'The content type is not application/json, or the body is compressed.',
    headers: ACCEPT_ENCODING,
  }),
  429: tooManyRequests,
  500: internal,
  503: unavailable(['unavailable'], 'It cannot be recorded now, or the views are behind.'),
};

const told = (schema: string, example: unknown): Operation['responses'] => ({
  200: { description: 'It is recorded.', headers: NO_STORE, content: json(schema, { told: example }) },
  400: problem(['bad-request', 'position-malformed'], { description: 'The request is not well formed. Nothing was looked at.' }),
  ...refused,
});

const CONFLICTS = ['not-closed', 'already-published'] as const;

const reportOperation = (operationId: string, summary: string, more: Partial<Operation> = {}): Operation => ({
  operationId,
  tags: ['data quality'],
  summary,
  security: [{ bearer: [] }],
  parameters: NAMED,
  ...more,
  responses: {
    ...told('Report', { ...REPORT, status: operationId === 'releaseReport' ? 'published' : 'verified' }),
    404: problem(['no-such-report'], { description: 'No list of that name closes, or there is no such month.' }),
    409: problem(operationId === 'releaseReport' ? [...CONFLICTS, 'not-verified', 'no-such-position', 'blocked'] : CONFLICTS, {
      description: 'It cannot be done as things stand.',
      someMembers: { issues: ISSUES },
    }),
  },
});

export const reportsPaths: Paths = {
  '/v1/reports/{table}/{period}/verify': {
    post: reportOperation('verifyReport', 'What stands in a list that has closed, and what touches it.', {
      description: 'For the data manager. Recorded as the list’s being verified; as often as it takes, until it is published.',
    }),
  },
  '/v1/reports/{table}/{period}/release': {
    post: reportOperation('releaseReport', 'Publishes a list that was verified: from then on it never changes.', {
      description: 'For the data manager. What blocks must be solved, waived, or its events left out.',
      requestBody: { required: true, content: json('ReleaseRequest', { leftOut: { leaveOut: ['1017'] } }) },
    }),
  },
  '/v1/data-quality/issues/{position}/waive': {
    post: {
      operationId: 'waiveIssue',
      tags: ['data quality'],
      summary: 'Lets a finding about an event stand, with a reason.',
      security: [{ bearer: [] }],
      parameters: [inPath('position', ref('Position'), 'Of the event.')],
      requestBody: { required: true, content: json('WaiverRequest', { waiver: { rule: RULE_CODES[0], reason: WAIVER_REASONS[0] } }) },
      responses: {
        ...told('Waiver', { state: 'waived', position: '1043' }),
        404: problem(['no-such-issue'], { description: 'No open finding of this rule is about that event.' }),
      },
    },
  },
  '/v1/data-quality/issues/{position}/ask': {
    post: {
      operationId: 'askAboutIssue',
      tags: ['data quality'],
      summary: 'Asks the agency about a finding: its row says when, to the agency too.',
      description:
        'For the data manager. Recorded with the rule and the position of the event, and nothing else: what is asked the rule says. Once a day.',
      security: [{ bearer: [] }],
      parameters: [inPath('position', ref('Position'), 'Of the event.')],
      requestBody: { required: true, content: json('IssueQuestion', { question: { rule: RULE_CODES[0] } }) },
      responses: {
        ...told('IssueAsked', { state: 'asked', position: '1043' }),
        404: problem(['no-such-issue'], { description: 'No open finding of this rule is about that event.' }),
      },
    },
  },
};
