// Queries about a learner in the document.
import type { AnswerItem } from '#disclosure';
import { LEARNER_QUERIES, type LearnerQueryName, LOOKUP } from '#disclosure';
import { purposePattern } from '#egress';
import { type AnswerBody, REF } from './learner-schemas.ts';
import { MIN_POSITION } from './min-position.ts';
import { json, type Operation, type Parameter, type Paths, ref } from './openapi.ts';
import { ACCEPT_ENCODING, internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const item: AnswerItem = {
  id: 'Zb8yq3wu2Yq8T0bq0y0u7r',
  type: 'uk.concordat.assessment.recorded.v1',
  source: 'urn:concordat:agency:connexions-north',
  category: 'assessment',
  time: '2026-09-01',
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

export const refParameter: Parameter = {
  name: 'ref',
  in: 'path',
  required: true,
  description: `${REF} Of an office its pseudonym, of a learner \`me\`. Percent-encoded.`,
  schema: { type: 'string', pattern: '^(?:uln:[0-9]{10}|local:.{1,100}|psn:[A-Za-z0-9_-]{22}|me)$' },
  examples: { uln: { value: 'uln:9276308686' }, local: { value: 'local:cx-17' } },
};

/** Of all questions that name a purpose. */
export const headerParameters = (purposes: readonly string[]): readonly Parameter[] => [
  {
    name: 'Purpose',
    in: 'header',
    required: true,
    description: `What the data is for: one or several purposes of protocols in force, separated by commas; empty elements are passed over.${purposes.length > 0 ? ` Known now: ${purposes.join(', ')}.` : ''}`,
    schema: { type: 'string', pattern: purposePattern(purposes) },
    examples: { one: { value: 'plan-learning' }, several: { value: 'plan-learning, support-learner' } },
  },
  MIN_POSITION,
];

export const REASON: Parameter = {
  name: 'Concordat-Reason',
  in: 'header',
  description:
    'Of a data protection officer: why a record is opened inside a rights task, in ten characters at least. It is recorded. Without it the purpose answer-rights permits nothing.',
  schema: { type: 'string', pattern: '^[!-~][ -~]{8,498}[!-~]$' },
};

const PAGE: readonly Parameter[] = [
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer, as it was given.', schema: { type: 'string' } },
  { name: 'limit', in: 'query', description: 'Items on a page.', schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 } },
];

export const KNOWN_PURPOSES = {
  purposes: { type: 'array', items: { type: 'string' }, description: 'Present with codes about purposes: those that are known.' },
};
const CLAUSES = {
  clauses: {
    type: 'array',
    items: { type: 'string' },
    description: 'One of these would have to hold. They follow from the agency and the purposes, not from what is held.',
  },
};

const badRequest = problem(
  ['purpose-missing', 'purpose-unknown', 'position-malformed', 'limit-malformed', 'cursor-malformed', 'bad-request'],
  {
    description: 'A header or parameter is missing or not well formed. Nothing was looked at.',
    someMembers: KNOWN_PURPOSES,
  },
);

const SUMMARIES: Readonly<Record<LearnerQueryName, string>> = {
  passport: 'Everything that the agency may see about a learner for these purposes.',
  assessments: "The learner's assessments, as far as the agency may see them.",
  timeline: 'The same items as the passport, in the order of `time`, from page to page.',
};

export const POSITION = {
  ...NO_STORE,
  'Concordat-Position': {
    description: 'Of the decision in the log: the answer rests on nothing older than what stood before it.',
    required: true,
    schema: ref('Position'),
  },
};

/** What all have in common. */
export const learnerRefused: Operation['responses'] = {
  401: problem(['no-token', 'invalid-token'], {
    description: 'No token, or none that is in force.',
    headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
  }),
  404: problem(['no-such-learner'], {
    description: 'No such learner, or none whom the agency may know of: the two look alike.',
    headers: POSITION,
  }),
  429: tooManyRequests,
  500: internal,
  503: unavailable(['unavailable'], 'The decision cannot be recorded now, or the log has not reached the position asked for.'),
};

export const notPermitted = problem(['not-permitted'], {
  description: 'The agency has a relationship with the learner, but contributed nothing and no clause permits the question.',
  headers: POSITION,
  members: CLAUSES,
});

const query = (name: LearnerQueryName, purposes: readonly string[]): Operation => ({
  operationId: `learner-${name}`,
  tags: ['learners'],
  summary: SUMMARIES[name],
  description: 'The decision and its reasons are recorded before the answer leaves, whatever it is.',
  security: [{ bearer: [] }],
  parameters: [refParameter, ...headerParameters(purposes), REASON, ...PAGE],
  responses: {
    200: {
      description: 'The items, with the clause that permitted each.',
      headers: POSITION,
      content: json('Passport', { answer: ANSWER }),
    },
    ...learnerRefused,
    400: badRequest,
    403: notPermitted,
  },
});

const lookup = (purposes: readonly string[]): Operation => ({
  operationId: 'learner-lookup',
  tags: ['learners'],
  summary: "Get the agency's own pseudonym for a learner, so that no identifier need stand in a URL.",
  description:
    'Answered where the agency has a relationship with the learner or contributed something; that it asked is recorded, whatever the answer.',
  security: [{ bearer: [] }],
  parameters: [...headerParameters(purposes), REASON],
  requestBody: { required: true, content: json('LookupRequest', { uln: { ref: 'uln:9276308686' } }) },
  responses: {
    200: { description: 'The pseudonym.', headers: POSITION, content: json('Lookup', { lookup: { learner: ANSWER.learner } }) },
    ...learnerRefused,
    400: problem(['purpose-missing', 'purpose-unknown', 'position-malformed', 'bad-request'], {
      description: 'A header or the body is missing or not well formed. Nothing was looked at.',
      someMembers: KNOWN_PURPOSES,
    }),
    413: problem(['too-large'], { description: 'The request is larger than 1 MiB.' }),
    415: problem(['unsupported-media-type'], {
      description: 'The content type is not application/json, or the body is compressed.',
      headers: ACCEPT_ENCODING,
    }),
  },
});

export const learnersPaths = (purposes: readonly string[]): Paths => ({
  ...Object.fromEntries(LEARNER_QUERIES.map((name) => [`/v1/learners/{ref}/${name}`, { get: query(name, purposes) }])),
  [`/v1/learners/${LOOKUP}`]: { post: lookup(purposes) },
});
