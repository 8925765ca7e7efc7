// Queries about a learner in the document.
import { CATEGORIES, type Schema } from '#catalogue';
import type { AnswerItem } from '#disclosure';
import { LEARNER_QUERIES, type LearnerQueryName } from '#egress';
import type { Level } from '#sharing-protocols';
import { json, objectOf, type Operation, type Parameter, type Paths, ref, type Schemas } from './openapi.ts';
import { internal, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const CLAUSE = '^(?:own|[a-z0-9-]+@[0-9]+#[A-Za-z0-9-]+)$';
const LEVELS: readonly Level[] = ['full', 'summary', 'existence'];
const STATUSES: readonly NonNullable<AnswerItem['status']>[] = ['superseded', 'rectified', 'disputed'];

const ITEM: Schema = objectOf<AnswerItem>(
  {
    id: { type: 'string', description: "The contributing agency's own message id." },
    type: ref('EventType'),
    source: { type: 'string', description: 'The contributing agency.' },
    category: { type: 'string', enum: CATEGORIES },
    position: ref('Position'),
    time: { type: 'string', format: 'date-time', description: 'When it happened, as the contributing agency says.' },
    clause: { type: 'string', pattern: CLAUSE, description: 'What permits it: `protocol@version#clause`, or `own` for what the asking agency contributed itself.' },
    basis: { type: 'string', description: 'Lawful basis under UK GDPR, as `6(1)(e), 9(2)(g)`; `own`; or `not personal`.' },
    level: { type: 'string', enum: LEVELS, description: 'How much of the data is shown.' },
    purpose: { type: 'string', description: 'Which of the purposes asked for permitted it; absent for what is the agency’s own.' },
    status: { type: 'string', enum: STATUSES, description: 'Present where it is no longer the current one.' },
    data: { type: 'object', description: 'The data of the event (schema `<Type>V<N>Data`), minimised as the clause says.' },
  },
  ['id', 'type', 'source', 'category', 'position', 'time', 'clause', 'basis', 'level', 'data'],
  'One event about the learner, as far as this agency may see it for these purposes.',
);

interface AnswerBody {
  readonly learner: string;
  readonly purposes: readonly string[];
  readonly items: readonly AnswerItem[];
  readonly next?: string;
}

export const learnerSchemas: Schemas = {
  Item: ITEM,
  Passport: objectOf<AnswerBody>(
    {
      learner: { type: 'string', description: "The asking agency's own pseudonym for the learner: two agencies' differ. It may be used as `ref`." },
      purposes: { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string' } },
      items: { type: 'array', maxItems: 500, items: ref('Item') },
      next: { type: 'string', description: 'Present where there are further items: the `cursor` of the next page.' },
    },
    ['learner', 'purposes', 'items'],
    'What this agency may see about the learner for the purposes named. Each item cites the clause that permitted it.',
  ),
};

const item: AnswerItem = {
  id: 'm-1',
  type: 'uk.concordat.assessment.recorded.v1',
  source: 'urn:concordat:agency:connexions-north',
  category: 'assessment',
  position: '4711',
  time: '2026-09-01T10:15:00+01:00',
  clause: 'e2e-passport@1#EP3',
  basis: '6(1)(e)',
  level: 'full',
  purpose: 'plan-learning',
  data: {
    assessmentId: 'a-17',
    framework: 'initial',
    domain: 'literacy',
    instrument: 'BSA Initial Assessment',
    assessedOn: '2026-09-01',
    assessor: { name: 'Sam Hughes', role: 'personal-adviser' },
    outcome: { level: 'entry-3', summary: 'Reads well; writes with help' },
  },
};

const ANSWER: AnswerBody = { learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w', purposes: ['plan-learning'], items: [item], next: 'YzEuMTc' };

const parameters = (purposes: readonly string[]): readonly Parameter[] => [
  {
    name: 'ref',
    in: 'path',
    required: true,
    description: "The learner: `uln:<10 digits>`, `local:<the agency's own learner id>`, or the agency's pseudonym, percent-encoded.",
    schema: { type: 'string', pattern: '^(?:uln:[0-9]{10}|local:.{1,100}|psn:.+)$' },
    examples: { uln: { value: 'uln:9276308686' }, local: { value: 'local:cx-17' } },
  },
  {
    name: 'Purpose',
    in: 'header',
    required: true,
    description: `What the data is for: one or several purposes of protocols in force, separated by commas.${purposes.length > 0 ? ` Known now: ${purposes.join(', ')}.` : ''}`,
    schema: { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string' } },
  },
  {
    name: 'Concordat-Min-Position',
    in: 'header',
    description: 'A position, such as a receipt gives: the answer then rests on the log up to there at least, or is 503.',
    schema: ref('Position'),
  },
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer, as it was given.', schema: { type: 'string' } },
  { name: 'limit', in: 'query', description: 'Items on a page.', schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 } },
];

const KNOWN_PURPOSES = { purposes: { type: 'array', items: { type: 'string' }, description: 'Present with codes about purposes: those that are known.' } };
const CLAUSES = { clauses: { type: 'array', items: { type: 'string' }, description: 'One of these would have to hold. They follow from the agency and the purposes, not from what is held.' } };

const badRequest = problem(['purpose-missing', 'purpose-unknown', 'position-malformed', 'limit-malformed', 'cursor-malformed', 'bad-request'], {
  description: 'A header or parameter is missing or not well formed. Nothing was looked at.',
  someMembers: KNOWN_PURPOSES,
});

const SUMMARIES: Readonly<Record<LearnerQueryName, string>> = {
  passport: 'Everything that the agency may see about a learner for these purposes.',
  assessments: "The learner's assessments, as far as the agency may see them.",
  timeline: 'The same items as the passport, in the order in which they happened.',
};

const POSITION = {
  'Concordat-Position': { description: 'Of the decision in the log: the answer rests on nothing older than what stood before it.', required: true, schema: ref('Position') },
};

const query = (name: LearnerQueryName, purposes: readonly string[]): Operation => ({
  operationId: `learner-${name}`,
  tags: ['learners'],
  summary: SUMMARIES[name],
  description: 'The decision and its reasons are recorded before the answer leaves, whatever it is.',
  security: [{ bearer: [] }],
  parameters: parameters(purposes),
  responses: {
    200: {
      description: 'The items, with the clause that permitted each.',
      headers: POSITION,
      content: json('Passport', { answer: ANSWER }),
    },
    400: badRequest,
    401: problem(['no-token', 'invalid-token'], {
      description: 'No token, or none that is in force.',
      headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
    }),
    403: problem(['not-permitted'], { description: 'The agency has a relationship with the learner, but contributed nothing and no clause permits the question.', headers: POSITION, members: CLAUSES }),
    404: problem(['no-such-learner'], { description: 'No such learner, or none whom the agency may know of: the two look alike.', headers: POSITION }),
    429: tooManyRequests,
    500: internal,
    503: unavailable(['unavailable'], 'The decision cannot be recorded now, or the log has not reached the position asked for.'),
  },
});

export const learnersPaths = (purposes: readonly string[]): Paths =>
  Object.fromEntries(LEARNER_QUERIES.map((name) => [`/v1/learners/{ref}/${name}`, { get: query(name, purposes) }]));
