// Figures for whoever oversees sharing, in the document: flows, and assessments not repeated.
import type { Schema } from '#catalogue';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { problem } from './problem-responses.ts';

export const TEXT: Schema = { type: 'string' };
const MONTH: Schema = { type: 'string', pattern: '^20[0-9]{2}-(?:0[1-9]|1[0-2])$' };
/** A year that ends in the first months of 2000 begins before it. */
const MONTH_ANSWERED: Schema = { type: 'string', pattern: '^[0-9]{4}-(?:0[1-9]|1[0-2])$' };
export const DAY: Schema = { type: 'string', format: 'date', pattern: '^20' };
const MONTHS = { from: { ...MONTH_ANSWERED, description: 'First month (London).' }, to: { ...MONTH_ANSWERED, description: 'Last month.' } };

/** What a flow is, used or not. */
const GROUND = {
  category: TEXT,
  basis: { type: 'string', description: 'As `6(1)(e)`, with the Art 9 or Art 10 condition behind it.' },
  reliesOnConsent: { type: 'boolean', description: 'It was let through only because a consent covered it.' },
};

export const figureSchemas: Schemas = {
  Flows: plainObject(
    {
      ...MONTHS,
      counted: { enum: ['decisions', 'learners'] },
      flows: {
        type: 'array',
        items: plainObject(
          {
            source: { type: 'string', description: 'Whose data it was. Absent: of all sources together, since whoever asks may not know.' },
            ...GROUND,
            recipient: { type: 'string', description: 'An agency, or an office as `operator:data-manager`.' },
            count: {
              oneOf: [{ type: 'integer', minimum: 0 }, { const: 'c' }],
              description:
                'Recorded decisions that let some of it through, or learners whom they were about (of several months at least so many); `c`: fewer than six.',
            },
          },
          ['category', 'recipient', 'basis', 'reliesOnConsent', 'count'],
        ),
      },
      unused: {
        type: 'array',
        items: plainObject(
          {
            clauses: { type: 'array', items: TEXT },
            from: { oneOf: [{ const: 'any' }, { type: 'array', items: TEXT }], description: 'Roles of agencies whose data it may be.' },
            to: { type: 'string', description: 'A role of agencies, or an office.' },
            ...GROUND,
          },
          ['clauses', 'from', 'to', 'category', 'basis', 'reliesOnConsent'],
        ),
        description: 'Allowed by agreements in force, and not used in these months. Of an agency’s officer what that agency may get.',
      },
      clauses: {
        type: 'array',
        items: plainObject({ clause: TEXT, decisions: { type: 'integer' } }, ['clause', 'decisions']),
        description: 'How many decisions each clause let something through in. Of an agency’s officer those about that agency.',
      },
      agencies: {
        type: 'array',
        items: plainObject({ agency: TEXT, name: TEXT, roles: { type: 'array', items: TEXT } }, ['agency', 'name', 'roles']),
        description: 'That are named in `flows`.',
      },
      categories: {
        type: 'array',
        items: TEXT,
        description: 'Of all flows of these months, used and unused, whatever else was asked for: among these one can choose.',
      },
      viewPosition: ref('Position'),
    },
    ['from', 'to', 'counted', 'flows', 'unused', 'clauses', 'agencies', 'categories', 'viewPosition'],
    'Who gives what to whom, from recorded decisions. What an agency is shown of its own data is no flow.',
  ),
  Repeats: plainObject(
    {
      ...MONTHS,
      repeats: {
        type: 'array',
        items: plainObject(
          {
            agency: { type: 'string', description: 'That sent them.' },
            framework: { type: 'string', description: '`erased`, where the learner’s data was erased since.' },
            month: MONTH,
            avoided: { type: 'integer', description: 'Met with the assessment that was still valid.' },
            recorded: { type: 'integer' },
            apart: {
              type: 'integer',
              description:
                'Of those recorded: one was valid that the sender might not know of. Told to the officer of the partnership alone.',
            },
          },
          ['agency', 'framework', 'month', 'avoided', 'recorded'],
        ),
      },
    },
    ['from', 'to', 'repeats'],
    'Assessments that were not repeated because the broker met them with one that is still valid.',
  ),
};

const query = (name: string, description: string, schema: Schema): Parameter => ({ name, in: 'query', description, schema });

const MONTHS_ASKED = [
  query('from', 'A month in London, inclusive; where none is named two months before `to`, of repeats eleven.', MONTH),
  query('to', 'A month in London, inclusive; this one where none is named.', MONTH),
];
export const DAYS_ASKED = [
  query('from', 'A day in London, inclusive; four weeks before `to` where none is named, a year before at most.', DAY),
  query('to', 'A day in London, inclusive; today where none is named.', DAY),
];

export const FAULTS = problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
  description: 'A parameter is unknown or not well formed.',
  someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
});
const NOT_FOR_YOU = problem(['not-permitted'], {
  description: 'It is for data protection officers; `repeats` also for an agency about its own.',
  members: { clauses: { type: 'array', items: { type: 'string' }, description: 'None would do: it is no question of this asker.' } },
});

export const operation = (
  about: Pick<Operation, 'operationId' | 'summary' | 'parameters' | 'description'>,
  content: Operation['responses'][string]['content'],
): Operation => {
  const { 404: _, ...refused } = learnerRefused;
  return {
    ...about,
    tags: ['oversight'],
    security: [{ bearer: [] }],
    responses: {
      200: { description: 'As counted.', headers: POSITION, content: content ?? {} },
      ...refused,
      400: FAULTS,
      403: NOT_FOR_YOU,
    },
  };
};

const FLOW = { category: 'assessment', basis: '6(1)(e)', reliesOnConsent: true };
export const figuresPaths: Paths = {
  '/v1/audit/flows': {
    get: operation(
      {
        operationId: 'auditFlows',
        summary: 'Who gives what to whom, on which basis, and what is allowed but never used.',
        description:
          'From recorded decisions. An agency’s officer is told the flows that touch its data or its staff. The look is recorded.',
        parameters: [
          ...MONTHS_ASKED,
          query('category', 'Flows of this category.', { type: 'string', minLength: 1, maxLength: 200 }),
          query('basis', 'Flows on this basis, or on one that names it among others, as `6(1)(e)`; `consent`: those that relied on one.', {
            type: 'string',
            minLength: 1,
            maxLength: 200,
          }),
          query('count', 'What is counted.', { type: 'string', enum: ['decisions', 'learners'], default: 'decisions' }),
        ],
      },
      json('Flows', {
        flows: {
          ...{ from: '2026-09', to: '2026-09', counted: 'decisions' },
          flows: [{ source: 'connexions-north', ...FLOW, recipient: 'heath-town-skills', count: 214 }],
          unused: [{ clauses: ['e2e-passport@1#EP3'], from: 'any', to: 'college', ...FLOW }],
          clauses: [{ clause: 'e2e-passport@1#EP3', decisions: 214 }],
          agencies: [{ agency: 'heath-town-skills', name: 'Heath Town Skills', roles: ['provider'] }],
          categories: ['assessment', 'review'],
          viewPosition: '4711',
        },
      }),
    ),
  },
  '/v1/audit/repeats': {
    get: operation(
      {
        operationId: 'auditRepeats',
        summary: 'Assessments that were not repeated, by month and framework.',
        description: 'Of all agencies for the partnership’s officer; an agency and its officer are told their own. The look is recorded.',
        parameters: MONTHS_ASKED,
      },
      json('Repeats', {
        repeats: {
          ...{ from: '2026-09', to: '2026-09' },
          repeats: [{ agency: 'heath-town-skills', framework: 'initial', month: '2026-09', avoided: 12, recorded: 30, apart: 1 }],
        },
      }),
    ),
  },
};
