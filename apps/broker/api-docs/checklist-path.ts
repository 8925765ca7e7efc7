// The checklist of roles and responsibilities, in the document.
import { CHECKLIST_STATES, type ChecklistRow } from '#duties';
import { json, objectOf, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const MAYBE = { type: ['string', 'null'] } as const;

export const checklistSchemas: Schemas = {
  ChecklistRow: objectOf<ChecklistRow>(
    {
      question: { type: 'string', description: 'What is asked, in words.' },
      protocol: { ...MAYBE, description: 'Id of the agreement that answers it.' },
      duty: { ...MAYBE, description: 'Id of the undertaking within it.' },
      bearerRole: { ...MAYBE, description: 'Roles of which somebody has to do it, with commas between.' },
      agencies: { type: 'array', items: { type: 'string' }, description: 'Whose turn it is; of what is done by undertaking, who did it.' },
      state: { enum: [...CHECKLIST_STATES], description: 'not-applicable: nobody is there who could undertake it.' },
      due: { type: ['string', 'null'], format: 'date', description: 'Last day in time.' },
      evidence: { ...MAYBE, description: 'A position in the log, or an `undertakingId` of /v1/undertakings.' },
    },
    ['question', 'protocol', 'duty', 'bearerRole', 'agencies', 'state', 'due', 'evidence'],
    'One line. It names no learner.',
  ),
  Checklist: plainObject(
    {
      view: { const: 'checklist' },
      on: { type: 'string', format: 'date' },
      position: ref('Position'),
      rows: { type: 'array', items: ref('ChecklistRow') },
    },
    ['view', 'on', 'position', 'rows'],
  ),
};

export const checklistPath: Paths = {
  '/v1/checklist': {
    get: {
      operationId: 'checklist',
      tags: ['lists'],
      summary: 'Who must do what by when, of what concerns no learner: the ten lines of the report, or one agreement.',
      description: 'What is overdue comes first, then by the day on which it is due. Each look is recorded. No purpose is named.',
      security: [{ bearer: [] }],
      parameters: [
        { name: 'protocol', in: 'query', description: 'Id of an agreement.', schema: { type: 'string', minLength: 1, maxLength: 100 } },
        {
          name: 'on',
          in: 'query',
          description: 'The day at whose end it is asked; today without.',
          schema: { type: 'string', format: 'date', pattern: '^20' },
        },
      ],
      responses: {
        200: {
          description: 'The lines.',
          headers: {
            ...NO_STORE,
            'Content-Disposition': { description: 'Of CSV alone: `checklist-<on>-<position>.csv`.', schema: { type: 'string' } },
            'Concordat-Position': { description: 'Of the decision in the log.', required: true, schema: ref('Position') },
            'Concordat-View-Position': { description: 'Up to which undertakings are known.', required: true, schema: ref('Position') },
          },
          content: { ...json('Checklist'), 'text/csv': { schema: { type: 'string' } } },
        },
        400: problem(['position-malformed', 'filter-unknown', 'filter-invalid', 'bad-request'], {
          description: 'A header or parameter is not well formed.',
          someMembers: { parameter: { type: 'string', description: 'Which parameter is at fault.' } },
        }),
        401: problem(['no-token', 'invalid-token'], {
          description: 'No token, or none that is in force.',
          headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
        }),
        403: problem(['not-permitted', 'not-an-agency'], {
          description: 'No clause lets the agency see what parties undertook; or the token names none.',
          someMembers: { clauses: { type: 'array', items: { type: 'string' }, description: 'One of them would have to hold.' } },
        }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(['unavailable'], 'The log was not gone through as far as was asked for.'),
      },
    },
  },
};
