// Unusual access, and what was said of it, in the document.
import type { Schema } from '#catalogue';
import { ACCESS_RULES } from '#read-models';
import { BODY_FAULTS, NOBODY } from './audit-paths.ts';
import { DAY, DAYS_ASKED, operation, TEXT } from './figures-paths.ts';
import { POSITION } from './learners-paths.ts';
import { json, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { problem } from './problem-responses.ts';

const RULE: Schema = { enum: Object.keys(ACCESS_RULES) };
const SAID = {
  by: { type: 'string', description: 'The office that said so, as `operator:dpo-partnership`.' },
  staff: { type: 'string', description: 'Who said so, where whoever asks may know.' },
  reason: TEXT,
  at: { type: 'string', format: 'date-time' },
  looksSince: { type: 'integer', description: 'How many looks there are beyond those that it explains.' },
} satisfies Schemas;
const { looksSince: _, ...EXPLAINED } = SAID;

/** Characters from the first to the last that is no space. */
const TEN_AND_MORE = '\\S[\\s\\S]{8,}\\S';

export const unusualSchemas: Schemas = {
  UnusualAccess: plainObject(
    {
      from: DAY,
      to: DAY,
      rules: {
        type: 'array',
        items: plainObject({ rule: RULE, says: TEXT, on: { type: 'boolean' } }, ['rule', 'says', 'on']),
        description: 'Each in words; `on` is false where the operator switched it off: then nothing is found by it.',
      },
      hits: {
        type: 'array',
        items: plainObject(
          {
            rule: RULE,
            position: ref('Position'),
            at: { type: 'string', format: 'date-time' },
            recipient: { type: 'string', description: 'The agency, or an office as `operator:data-manager`.' },
            person: { type: 'string', description: 'A pseudonym, the same for the same member of staff; absent where none was named.' },
            learner: { type: 'string', description: 'The office’s pseudonym, where it is about one learner.' },
            looks: { type: 'integer' },
            usual: { type: 'number', description: 'The median of the days before.' },
            positions: { type: 'array', items: ref('Position'), description: 'Of the looks in the log, at most 20.' },
            explanations: {
              type: 'array',
              items: plainObject(SAID, ['by', 'reason', 'at', 'looksSince']),
              description: 'The first first.',
            },
            explainable: { type: 'boolean', description: 'Whether whoever asks may explain it: nobody explains the own looks.' },
          },
          ['rule', 'position', 'at', 'recipient', 'looks', 'positions', 'explanations', 'explainable'],
        ),
        description: 'The latest first. `position` is that of the look that made it a hit.',
      },
    },
    ['from', 'to', 'rules', 'hits'],
  ),
  ToExplain: plainObject(
    {
      rule: RULE,
      reason: { type: 'string', pattern: TEN_AND_MORE, maxLength: 1000, description: 'Why it is no matter.' },
      looks: {
        type: 'integer',
        minimum: 1,
        description:
          '`looks` of the hit as it was shown: looks beyond these stay to be explained. Without it all that there are by then are explained.',
      },
    },
    ['rule', 'reason'],
  ),
  AccessExplained: plainObject(
    {
      rule: RULE,
      position: ref('Position'),
      looks: { type: 'integer', description: 'How many of the looks it explains, from the first on.' },
      ...EXPLAINED,
    },
    ['rule', 'position', 'looks', 'by', 'reason', 'at'],
    'As it is recorded, for good.',
  ),
};

const HIT = {
  rule: 'outside-hours',
  position: '4711',
  at: '2026-09-07T22:12:00.000Z',
  recipient: 'heath-town-skills',
  person: 'kP0Jw8zYx1c2b3N4m5L6aQ',
  looks: 3,
  positions: ['4711', '4712', '4713'],
  explanations: [
    { by: 'operator:dpo-partnership', staff: 'olu', reason: 'On duty that night.', at: '2026-09-08T09:00:00.000Z', looksSince: 0 },
  ],
  explainable: true,
};

const EXPLAINS = { rule: 'outside-hours', reason: 'On duty that night.' };
const { 200: _answered, ...refusedFor } = operation({ operationId: '', summary: '', description: '', parameters: [] }, undefined).responses;

export const unusualPaths: Paths = {
  '/v1/audit/unusual': {
    get: operation(
      {
        operationId: 'auditUnusual',
        summary: 'Unusual access, by rules that are told in words.',
        description:
          'The partnership’s officer is told of agencies’ staff, of their officers and of the data manager; an agency’s officer of its own staff; ' +
          'the operator of the partnership’s officer. The look is recorded.',
        parameters: DAYS_ASKED,
      },
      json('UnusualAccess', {
        unusual: {
          ...{ from: '2026-08-10', to: '2026-09-07' },
          rules: Object.entries(ACCESS_RULES).map(([rule, says]) => ({ rule, says, on: true })),
          hits: [HIT],
        },
      }),
    ),
  },
  '/v1/audit/unusual/{position}/explanations': {
    post: {
      operationId: 'explainAccess',
      tags: ['oversight'],
      summary: 'Says why a hit is no matter.',
      description:
        'By whoever is told of the hit, and not by whoever looked: another office than the one watched. It is recorded with who said so and when, ' +
        'and stands beside the hit from then on.',
      security: [{ bearer: [] }],
      parameters: [
        {
          name: 'position',
          in: 'path',
          required: true,
          description: 'The `position` of the hit.',
          schema: { type: 'string', pattern: '^[1-9]\\d{0,14}$' },
        },
      ],
      requestBody: { required: true, content: json('ToExplain', { explains: EXPLAINS }) },
      responses: {
        201: {
          description: 'It is recorded.',
          headers: POSITION,
          content: json('AccessExplained', {
            explained: {
              ...EXPLAINS,
              position: '4711',
              looks: 3,
              by: 'operator:dpo-partnership',
              staff: 'olu',
              at: '2026-09-08T09:00:00.000Z',
            },
          }),
        },
        ...refusedFor,
        400: problem(['filter-invalid', 'position-malformed', 'bad-request'], {
          description: 'The position, the rule or the reason is not well formed.',
          someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
        }),
        404: NOBODY,
        ...BODY_FAULTS,
      },
    },
  },
};
