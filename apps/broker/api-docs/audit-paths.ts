// Who saw what of whom, in the document: for data protection officers, and for the learner.
import type { Schema } from '#catalogue';
import { AUDIT_CHOICES, AUDIT_FILTERS, type AuditFilters, LONGEST_FILTER } from '#egress';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { type Content, json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { ACCEPT_ENCODING, NO_STORE, problem } from './problem-responses.ts';

const TEXTS: Schema = { type: 'array', items: { type: 'string' } };
const GROUND = {
  clause: { type: 'string', description: '`protocol@version#clause`, or `own`.' },
  items: { type: 'array', items: ref('AuditedItem') },
};

export const DECISION = {
  position: '4711',
  at: '2026-09-07T09:12:00.000Z',
  recipient: 'heath-town-skills',
  staff: 'staff-17',
  route: 'learner',
  asked: 'passport',
  purposes: ['plan-learning'],
  outcome: 'answered',
  permitted: [
    {
      clause: 'e2e-passport@1#EP3',
      level: 'full',
      basis: '6(1)(e)',
      purpose: 'plan-learning',
      consent: { id: 'connexions-north/k-1', revision: 2 },
      items: [
        { type: 'assessment.recorded', category: 'assessment', source: 'connexions-north', recordedOn: '2026-09-01', position: '4602' },
      ],
    },
  ],
  refused: [],
  withdrawn: [],
};

/** What was let through, and what was refused, by ground. */
export const DECISION_GROUPS = {
  permitted: {
    type: 'array',
    items: plainObject(
      {
        ...GROUND,
        level: { type: 'string' },
        basis: { type: 'string' },
        purpose: { type: 'string' },
        consent: plainObject({ id: { type: 'string' }, revision: { type: 'integer' } }, ['id', 'revision'], 'The one relied on.'),
        fields: { ...TEXTS, description: 'Names of the fields shown, where not all were.' },
      },
      ['clause', 'level', 'basis', 'items'],
    ),
  },
  refused: {
    type: 'array',
    items: plainObject({ ...GROUND, lacks: { type: 'string' } }, ['lacks', 'items']),
    description: 'What was refused, and for want of what. Empty to the learner; to an officer of an agency of its own data alone.',
  },
} satisfies Schemas;

export const auditSchemas: Schemas = {
  AuditedItem: plainObject(
    {
      type: { type: 'string', description: 'Short, as `assessment.recorded`; `learner.identity` for the merged identity.' },
      category: { type: 'string' },
      source: { type: 'string', description: 'Absent where it is nobody’s, or whoever asks may not know it.' },
      position: ref('Position'),
      recordedOn: { type: 'string', format: 'date', description: 'Day in London.' },
    },
    ['type', 'category'],
    'An item by its kind, source and day; nothing of what it says.',
  ),
  AuditedDecision: plainObject(
    {
      position: ref('Position'),
      learner: { type: 'string', description: 'Of one decision, to an officer: the office’s own pseudonym of whom it is about.' },
      localId: { type: 'string', description: 'Beside it, to an officer of an agency: the agency’s own id.' },
      at: { type: 'string', format: 'date-time' },
      recipient: { type: 'string', description: 'An agency, an office as `operator:dpo-partnership`, or `operator:learner`.' },
      staff: { type: 'string', description: 'Who asked, where the token named a person and whoever reads this may know.' },
      route: { enum: ['learner', 'feed', 'list', 'aggregate', 'look'] },
      asked: { type: 'string', description: 'As `passport`, a list’s or a document’s name, `feed`.' },
      purposes: { oneOf: [TEXTS, { const: 'any' }], description: '`any` on a feed: each item cites its own.' },
      reason: { type: 'string', description: 'Why an officer opened a record.' },
      outcome: { enum: ['answered', 'not-permitted', 'not-known'] },
      meeting: {
        enum: ['review', 'follow-up', 'review-planned'],
        description: 'To the learner alone, of a look by staff: what the agency told that there was with the learner on that day.',
      },
      ...DECISION_GROUPS,
      withdrawn: { type: 'array', items: ref('AuditedItem'), description: 'What a feed’s recipient was told to delete.' },
    },
    ['position', 'at', 'recipient', 'route', 'asked', 'purposes', 'outcome', 'permitted', 'refused', 'withdrawn'],
  ),
  AuditedDecisions: plainObject(
    {
      decisions: { type: 'array', items: ref('AuditedDecision'), description: 'The latest first.' },
      total: { type: 'integer', minimum: 0, description: 'How many pass the filters, on all pages.' },
      next: { type: 'string', description: 'Present where there are more: the `cursor` of the next page.' },
    },
    ['decisions', 'total'],
  ),
  Replay: plainObject(
    {
      decision: ref('AuditedDecision'),
      same: { type: 'boolean', description: 'False: the log or the rules are not what they were. Raise an incident.' },
    },
    ['decision', 'same'],
  ),
};

const DAYS: readonly string[] = ['from', 'to'];

const schemaOf = (name: keyof AuditFilters): Schema => {
  if (DAYS.includes(name)) return { type: 'string', format: 'date', pattern: '^20' };
  const choices = AUDIT_CHOICES[name];
  return choices ? { type: 'string', enum: choices } : { type: 'string', minLength: 1, maxLength: LONGEST_FILTER };
};

const SAYS: Readonly<Partial<Record<keyof AuditFilters, string>>> = {
  own: "The learner's own looks at the own record: them alone, or all others.",
};

const filter = (name: keyof AuditFilters): Parameter => ({
  name,
  in: 'query',
  description: SAYS[name] ?? (DAYS.includes(name) ? 'A day in London, inclusive.' : `Decisions whose \`${name}\` is this.`),
  schema: schemaOf(name),
});

export const PAGED: readonly Parameter[] = [
  ...AUDIT_FILTERS.map(filter),
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer to the same question.', schema: { type: 'string' } },
  { name: 'limit', in: 'query', description: 'Decisions on a page.', schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 } },
];

export const LEARNER: Parameter = {
  name: 'learner',
  in: 'query',
  required: true,
  description:
    'As an officer of an agency its agency’s reference (`local:…`, `uln:…`); else a pseudonym of the office, or the broker’s own id.',
  schema: {
    type: 'string',
    pattern: '^(?:uln:[0-9]{10}|local:.{1,100}|psn:[A-Za-z0-9_-]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
  },
};

const DECISION_POSITION: Parameter = {
  name: 'position',
  in: 'path',
  required: true,
  description: 'Of the decision in the log.',
  schema: { type: 'string', pattern: '^[1-9][0-9]{0,14}$' },
};

export const PAGE_FAULTS = problem(['filter-unknown', 'filter-invalid', 'limit-malformed', 'cursor-malformed', 'bad-request'], {
  description: 'A parameter is missing, unknown or not well formed.',
  someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
});

export const CSV: Content = {
  'text/csv': { schema: { type: 'string', description: 'RFC 4180; lists joined by `; `. All pages, each recorded.' } },
};

const operation = (
  about: Pick<Operation, 'operationId' | 'summary' | 'parameters'>,
  content: Operation['responses'][string]['content'],
  faults: Operation['responses'],
): Operation => ({
  ...about,
  tags: ['oversight'],
  description: 'The look is recorded before the answer leaves, and the learner can see it. No purpose is named: the clause has one.',
  security: [{ bearer: [] }],
  responses: {
    200: { description: 'As recorded.', headers: POSITION, content: content ?? {} },
    ...learnerRefused,
    403: NOT_FOR_YOU,
    404: NOBODY,
    ...faults,
  },
});

export const NOT_FOR_YOU = problem(['not-permitted'], {
  description: 'Officers ask about others, learners about themselves.',
  members: { clauses: { type: 'array', items: { type: 'string' }, description: 'None would do: it is no question of this asker.' } },
});
export const NOBODY = problem(['no-such-learner'], {
  description: 'No such learner or decision, or none that whoever asks may know of: they look alike.',
  headers: NO_STORE,
});
/** It takes no body. */
export const BODY_FAULTS: Operation['responses'] = {
  413: problem(['too-large'], { description: 'The request is larger than 1 MiB.' }),
  415: problem(['unsupported-media-type'], { description: 'A body of a type that is not JSON.', headers: ACCEPT_ENCODING }),
};
export const POSITION_FAULT = {
  400: problem(['position-malformed', 'bad-request'], { description: 'No position, or a malformed request.' }),
};

export const auditPaths: Paths = {
  '/v1/audit/decisions': {
    get: operation(
      { operationId: 'auditDecisions', summary: 'Who saw what of a learner, why and when.', parameters: [LEARNER, ...PAGED] },
      { ...json('AuditedDecisions', { decisions: { decisions: [DECISION], total: 1 } }), ...CSV },
      { 400: PAGE_FAULTS },
    ),
  },
  '/v1/audit/decisions/{position}': {
    get: operation(
      { operationId: 'auditDecision', summary: 'One decision.', parameters: [DECISION_POSITION] },
      json('AuditedDecision', { decision: DECISION }),
      POSITION_FAULT,
    ),
  },
  '/v1/audit/decisions/{position}/replay': {
    post: operation(
      {
        operationId: 'replayDecision',
        summary: 'The same decision, made again on what the log held then.',
        parameters: [DECISION_POSITION],
      },
      json('Replay', { same: { decision: DECISION, same: true } }),
      { ...POSITION_FAULT, ...BODY_FAULTS },
    ),
  },
  '/v1/me/seen': {
    get: operation(
      { operationId: 'whoHasSeenMe', summary: 'Who has seen the learner’s own record, and who was refused.', parameters: PAGED },
      json('AuditedDecisions', { decisions: { decisions: [DECISION], total: 1 } }),
      { 400: PAGE_FAULTS },
    ),
  },
};
