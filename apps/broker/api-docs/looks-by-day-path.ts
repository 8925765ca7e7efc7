// Looks at one learner by day, in the document.
import { LEARNER, NOBODY, NOT_FOR_YOU } from './audit-paths.ts';
import { COUNT, DAY, TEXTS, WHO } from './consent-schemas.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { json, type Parameter, type Paths, plainObject, type Schemas } from './openapi.ts';
import { WHO as SOMEBODY } from './oversight-examples.ts';
import { problem } from './problem-responses.ts';

export const looksByDaySchemas: Schemas = {
  LooksByDay: plainObject(
    {
      ...WHO,
      from: DAY,
      to: DAY,
      days: {
        type: 'array',
        description: 'Those with a look, in order.',
        items: plainObject(
          {
            day: DAY,
            looks: { ...COUNT, description: 'As many as `/v1/audit/decisions` tells of that day.' },
            refused: { ...COUNT, description: 'Among them.' },
            unusual: { ...TEXTS, description: 'The rules of `/v1/audit/unusual` that one of its looks met.' },
          },
          ['day', 'looks', 'refused', 'unusual'],
        ),
      },
    },
    ['learner', 'from', 'to', 'days'],
  ),
};

const day = (name: string, description: string): Parameter => ({
  ...{ name, in: 'query', description },
  schema: { type: 'string', format: 'date', pattern: '^20' },
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
      parameters: [
        LEARNER,
        day('from', 'A day in London, inclusive; without it four weeks before the last, and at most a year.'),
        day('to', 'A day in London, inclusive; without it today.'),
      ],
      responses: {
        200: { description: 'As the log has it.', headers: POSITION, content: json('LooksByDay', { days: EXAMPLE }) },
        ...learnerRefused,
        400: problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
          description: 'A parameter is missing, unknown or not well formed.',
          someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
        }),
        403: NOT_FOR_YOU,
        404: NOBODY,
      },
    },
  },
};
