// What a decision rested on, in the document.
import { DECISION, NOBODY, NOT_FOR_YOU } from './audit-paths.ts';
import { CONSENT_STEPS, DAY, FLAG, listOf, POSITION as AT_POSITION, says, TEXT } from './consent-schemas.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { json, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { LIFE, WHO } from './oversight-examples.ts';
import { problem } from './problem-responses.ts';

export const whySchemas: Schemas = {
  Why: plainObject(
    {
      decision: ref('AuditedDecision'),
      clauses: {
        type: 'array',
        items: plainObject(
          {
            clause: says(TEXT, '`protocol@version#clause`.'),
            says: says(TEXT, 'As the agreement has it.'),
            basis: TEXT,
            held: says(FLAG, 'False: of what was refused, the clause that came nearest.'),
            agreed: plainObject({ position: AT_POSITION, on: DAY }, ['position', 'on'], 'When the last party that had to had signed.'),
          },
          ['clause', 'says', 'basis', 'held'],
        ),
      },
      consents: {
        type: 'array',
        items: plainObject(
          { id: TEXT, revision: says({ type: 'number' }, 'When it was relied on.'), steps: CONSENT_STEPS },
          ['id', 'revision', 'steps'],
          'What had been said of it, up to the decision.',
        ),
      },
      relationships: {
        type: 'array',
        description: 'Of the recipient, that a clause asks for; to an officer of an agency of that agency alone.',
        items: plainObject({ relationship: TEXT, events: listOf('AuditedItem') }, ['relationship', 'events']),
      },
      registration: listOf('AuditedItem', 'By whom the learner was registered.'),
    },
    ['decision', 'clauses', 'consents', 'relationships', 'registration'],
    'From a decision to what it rested on, as the log held it then; nothing of what was said.',
  ),
};

const REGISTERED = {
  type: 'learner.registered',
  category: 'identity',
  source: 'connexions-north',
  position: '2990',
  recordedOn: '2026-06-29',
};
const REFERRED = { type: 'referral.made', category: 'referral', source: 'connexions-north', position: '2998', recordedOn: '2026-06-29' };
const WHY = {
  decision: { ...DECISION, ...WHO },
  clauses: [
    {
      clause: 'e2e-passport@1#EP3',
      says: 'Providers see assessments of learners who are referred to them, with consent.',
      basis: '6(1)(e)',
      held: true,
      agreed: { position: '212', on: '2026-06-01' },
    },
  ],
  consents: [{ id: 'connexions-north/k-1', revision: 2, steps: LIFE.steps.slice(0, 1) }],
  relationships: [{ relationship: 'referred-to', events: [REFERRED] }],
  registration: [REGISTERED],
};

export const whyPaths: Paths = {
  '/v1/audit/why': {
    get: {
      operationId: 'auditWhy',
      summary: 'From one decision to what it rested on.',
      tags: ['oversight'],
      description: 'The look is recorded before the answer leaves, and the learner can see it.',
      security: [{ bearer: [] }],
      parameters: [
        {
          name: 'decision',
          in: 'query',
          required: true,
          description: 'Position of the decision in the log.',
          schema: { type: 'string', pattern: '^[1-9][0-9]{0,14}$' },
        },
      ],
      responses: {
        200: { description: 'As the log held it then.', headers: POSITION, content: json('Why', { why: WHY }) },
        ...learnerRefused,
        400: problem(['position-malformed', 'filter-unknown', 'bad-request'], {
          description: 'No position, an unknown parameter, or a malformed request.',
          someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
        }),
        403: NOT_FOR_YOU,
        404: NOBODY,
      },
    },
  },
};
