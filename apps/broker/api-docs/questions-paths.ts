// What learners asked of agencies and complained about, in the document: for data protection officers.
import { QUESTION_STATES } from '#egress';
import { THREAD_KINDS, THREAD_STATES } from '#duties';
import { CSV, NOBODY, PAGE_FAULTS, POSITION_FAULT } from './audit-paths.ts';
import { DAY, FLAG, POSITION, says, TEXT, WHO } from './consent-schemas.ts';
import { json, type Parameter, type Paths, plainObject, type Schemas } from './openapi.ts';
import { operation, PAGE } from './oversight-paths.ts';

const ROW = {
  learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w',
  localId: 'HTS-17',
  position: '5300',
  kind: 'complaint',
  id: 'complaint-7',
  about: 'heath-town-skills',
  askedOn: '2026-11-02',
  state: 'waiting',
  acknowledgeBy: '2026-12-02',
  answerBy: '2026-12-14',
  due: '2026-12-02',
  overdue: false,
};
const OPENED = { ...ROW, text: 'My old address is still there.', answers: [], answerAs: 'local:HTS-17', of: 'learner-page' };

const THREAD = {
  ...WHO,
  position: POSITION,
  kind: { enum: THREAD_KINDS },
  id: says(TEXT, 'As it was given when it was sent: whoever answers names it.'),
  about: says(TEXT, 'Slug of the agency asked.'),
  askedOn: DAY,
  state: { enum: THREAD_STATES },
  acknowledgeBy: says(DAY, 'Of a complaint: by when the agency says that it has it, 30 days.'),
  acknowledgedOn: DAY,
  answerBy: says(DAY, 'By when it is answered: 42 days, or earlier where the agency said so.'),
  answeredOn: DAY,
  due: says(DAY, 'The last day of what comes next; absent once it is answered.'),
  overdue: says(FLAG, 'Whether that day is past.'),
} satisfies Schemas;
const NEEDED = ['learner', 'position', 'kind', 'id', 'about', 'askedOn', 'state', 'answerBy', 'overdue'];

export const questionSchemas: Schemas = {
  QuestionRows: plainObject(
    {
      rows: {
        type: 'array',
        description: 'Those that wait the oldest first, those answered the latest first.',
        items: plainObject(THREAD, NEEDED),
      },
      next: says(TEXT, 'The `cursor` of the next page.'),
    },
    ['rows'],
  ),
  Question: plainObject(
    {
      ...THREAD,
      regarding: says(TEXT, 'What it is about, in the learner’s words.'),
      text: says(TEXT, 'What the learner wrote.'),
      answers: {
        type: 'array',
        description: 'The first first.',
        items: plainObject({ kind: { enum: ['acknowledgement', 'answer'] }, text: TEXT, on: DAY, due: DAY }, ['kind', 'text', 'on']),
      },
      answerAs: says(TEXT, 'The `subject` of an answer: as the agency itself named the learner before. Absent where it never did.'),
      of: says(TEXT, 'The `of` of an answer: whose id it is.'),
    },
    [...NEEDED, 'text', 'answers', 'of'],
  ),
};

const choice = (name: string, choices: readonly string[], description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', enum: choices },
});

export const questionPaths: Paths = {
  '/v1/audit/questions': {
    get: operation(
      {
        operationId: 'auditQuestions',
        summary: 'What learners asked of agencies and complained about, with the days by which it is answered.',
        parameters: [
          choice('state', QUESTION_STATES, '`open` where nothing is named.'),
          choice('kind', THREAD_KINDS, 'Those of this kind.'),
          ...PAGE,
        ],
      },
      { ...json('QuestionRows', { page: { rows: [ROW] } }), ...CSV },
      { 400: PAGE_FAULTS },
    ),
  },
  '/v1/audit/questions/{position}': {
    get: {
      ...operation(
        {
          operationId: 'auditQuestion',
          summary: 'One of them in full, for the officer who answers it.',
          parameters: [
            {
              name: 'position',
              in: 'path',
              required: true,
              description: 'Of the event that began it.',
              schema: { type: 'string', pattern: '^[1-9]\\d{0,14}$' },
            },
          ],
        },
        json('Question', { complaint: OPENED }),
        { 400: POSITION_FAULT[400], 404: NOBODY },
      ),
      description:
        'To the officer of the agency that was asked, by clause OV2 with the reason that it is to be answered; the decision is recorded before the answer leaves, and the learner can see it. To everybody else there is none.',
    },
  },
};
