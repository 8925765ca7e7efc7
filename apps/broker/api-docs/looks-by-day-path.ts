// Looks by day, at one learner and of an agency, in the document.
import { CSV, DECISION, LEARNER, NOBODY, NOT_FOR_YOU, PAGE_FAULTS } from './audit-paths.ts';
import type { Schema } from '#catalogue';
import { COUNT, DAY, listOf, says, TEXT, TEXTS, WHO } from './consent-schemas.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { json, type Parameter, type Paths, plainObject, type Schemas } from './openapi.ts';
import { WHO as SOMEBODY } from './oversight-examples.ts';
import { AGENCY, operation, PAGE } from './oversight-paths.ts';
import { problem } from './problem-responses.ts';

const DAYS_OF_LOOKS = (looks: string): Schema => ({
  type: 'array',
  description: 'Those with a look, in order.',
  items: plainObject(
    {
      day: DAY,
      looks: says(COUNT, looks),
      refused: says(COUNT, 'Among them.'),
      unusual: says(TEXTS, 'The rules of `/v1/audit/unusual` that one of its looks met.'),
    },
    ['day', 'looks', 'refused', 'unusual'],
  ),
});

export const looksByDaySchemas: Schemas = {
  LooksByDay: plainObject({ ...WHO, from: DAY, to: DAY, days: DAYS_OF_LOOKS('As many as `/v1/audit/decisions` tells of that day.') }, [
    'learner',
    'from',
    'to',
    'days',
  ]),
  AgencyLooks: plainObject(
    { agency: TEXT, from: DAY, to: DAY, days: DAYS_OF_LOOKS('As many as `/v1/audit/agency-looks/{day}` tells of that day.') },
    ['agency', 'from', 'to', 'days'],
    'Decisions that showed somebody what the agency told, and whatever its own staff asked for of learners with whom it has to do. Not what feeds send by themselves, nor what learners look at of their own.',
  ),
  LookRows: plainObject({ rows: listOf('AuditedDecision', 'The latest first.'), next: says(TEXT, 'The `cursor` of the next page.') }, [
    'rows',
  ]),
};

const day = (name: string, description: string): Parameter => ({
  ...{ name, in: 'query', description },
  schema: { type: 'string', format: 'date', pattern: '^20' },
});

const PERIOD: readonly Parameter[] = [
  day('from', 'A day in London, inclusive; without it four weeks before the last, and at most a year.'),
  day('to', 'A day in London, inclusive; without it today.'),
];

const DAY_NAMED: Parameter = { ...day('day', 'In London.'), in: 'path', required: true };

const FAULTS = problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
  description: 'A parameter is missing, unknown or not well formed.',
  someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
});

const EXAMPLE = {
  ...SOMEBODY,
  from: '2026-09-01',
  to: '2026-09-29',
  days: [{ day: '2026-09-03', looks: 14, refused: 1, unusual: ['same-learner'] }],
};

export const looksByDayPaths: Paths = {
  '/v1/audit/looks': {
    get: {
      operationId: 'auditLooksByDay',
      summary: 'How often anybody looked at a learner, day by day, and which days were unusual.',
      tags: ['oversight'],
      description:
        'The look is recorded before the answer leaves, and the learner can see it; the question about unusual looks is recorded among the asker’s own. An officer of an agency is told of what touches its data or its staff.',
      security: [{ bearer: [] }],
      parameters: [LEARNER, ...PERIOD],
      responses: {
        200: { description: 'As the log has it.', headers: POSITION, content: json('LooksByDay', { days: EXAMPLE }) },
        ...learnerRefused,
        400: FAULTS,
        403: NOT_FOR_YOU,
        404: NOBODY,
      },
    },
  },
  '/v1/audit/agency-looks': {
    get: operation(
      {
        operationId: 'auditAgencyLooks',
        summary: 'How often anybody looked at what an agency told, and its staff at anything, day by day.',
        parameters: [AGENCY, ...PERIOD],
      },
      json('AgencyLooks', { days: { agency: 'heath-town-skills', from: EXAMPLE.from, to: EXAMPLE.to, days: EXAMPLE.days } }),
      { 400: FAULTS },
    ),
  },
  '/v1/audit/agency-looks/{day}': {
    get: operation(
      { operationId: 'auditAgencyLooksOfDay', summary: 'The looks of one of these days.', parameters: [DAY_NAMED, AGENCY, ...PAGE] },
      { ...json('LookRows', { page: { rows: [{ ...DECISION, ...SOMEBODY }] } }), ...CSV },
      { 400: PAGE_FAULTS },
    ),
  },
};
