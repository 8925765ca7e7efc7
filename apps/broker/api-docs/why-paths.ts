// What a decision rested on, in the document.
import { LONGEST_REASON, SHORTEST_REASON } from '#egress';
import { BODY_FAULTS, DECISION, NOBODY, NOT_FOR_YOU } from './audit-paths.ts';
import { WHO as NAMED, CONSENT_STEPS, DAY, FLAG, listOf, POSITION as AT_POSITION, says, TEXT } from './consent-schemas.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { json, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { LIFE, WHO } from './oversight-examples.ts';
import { IN_PATH } from './oversight-paths.ts';
import { problem } from './problem-responses.ts';

const REASON = { type: 'string', minLength: SHORTEST_REASON, maxLength: LONGEST_REASON, pattern: '^\\S.*\\S$' };

export const whySchemas: Schemas = {
  WhoAsked: plainObject({ reason: says(REASON, 'Why the name is needed. Recorded, and the learner sees it.') }, ['reason']),
  LearnerNamed: plainObject({ ...NAMED, givenName: TEXT, familyName: TEXT, position: AT_POSITION }, ['learner', 'position']),
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

const ASKED = { given: { reason: 'A mother asks who read the assessment; we have to write to her.' } };
const NAME = { ...WHO, givenName: 'Aisha', familyName: 'Rahman', position: '4801' };

export const whyPaths: Paths = {
  '/v1/audit/learners/{ref}/who': {
    post: {
      operationId: 'auditShowWho',
      summary: 'Who that is: the learner’s name, for a reason.',
      tags: ['oversight'],
      description:
        'A decision of its own by the clause for rights, with the reason, is recorded before the name leaves; the learner sees both. An officer of an agency is told the name as that agency stated it.',
      security: [{ bearer: [] }],
      parameters: [IN_PATH],
      requestBody: { required: true, content: json('WhoAsked', ASKED) },
      responses: {
        200: { description: 'As whoever counts stated it last.', headers: POSITION, content: json('LearnerNamed', { name: NAME }) },
        ...learnerRefused,
        400: problem(['filter-invalid', 'bad-request'], {
          description: 'No reference, or no reason of that length.',
          someMembers: { parameter: { type: 'string', description: 'Which of them.' } },
        }),
        403: NOT_FOR_YOU,
        404: NOBODY,
        ...BODY_FAULTS,
      },
    },
  },
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
