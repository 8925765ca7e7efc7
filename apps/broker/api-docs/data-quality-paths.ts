// The data manager's queue, and what is decided of it, in the document.
import { MATCH_OUTCOMES, QUEUE_KINDS } from '#learner-file';
import { MATCH_STATES_ASKED } from '#read-models';
import {
  AFTER,
  type ConflictBody,
  decisionMade,
  type HangingBody,
  MATCH,
  type MatchBody,
  matchMembers,
  NEEDED,
  type NumbersBody,
  ONE,
  type SettledBody,
  type SideBySide,
  type StatementBody,
  texts,
} from './match-bodies.ts';
import { json, objectOf, type Operation, type Parameter, type Paths, ref, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

export const dataQualitySchemas: Schemas = {
  WaitingContribution: objectOf<HangingBody>(
    {
      match: { type: 'string', description: 'Names the finding by which it is known.' },
      kind: matchMembers.kind,
      agency: { type: 'string', description: 'Whose contribution it is.' },
      type: { type: 'string', description: 'Of a contribution that came under a number alone: its type.' },
      since: { type: 'string', format: 'date-time', description: 'When it was found.' },
    },
    ['match', 'kind', 'since'],
  ),
  Match: objectOf<MatchBody>(matchMembers, NEEDED),
  MatchDecisionMade: decisionMade,
  Matches: objectOf<{ readonly matches: readonly MatchBody[]; readonly next?: string }>(
    {
      matches: { type: 'array', items: ref('Match') },
      next: {
        type: 'string',
        description: 'Of ties that wait: the cursor of the next page. A page may be short, or empty after 500 claims, and not be the last.',
      },
    },
    ['matches'],
  ),
  RecordStatement: objectOf<StatementBody>(
    {
      type: { type: 'string', description: 'Type of the event.' },
      source: { type: 'string', description: 'Whose statement it is.' },
      time: { type: 'string', description: 'Day on which it was told.' },
      data: { type: 'object', description: 'As far as the task needs it.' },
    },
    ['type', 'data'],
  ),
  MatchRecord: objectOf<SideBySide['records'][number]>(
    {
      learner: { type: 'string', description: "The broker's own id." },
      statements: { type: 'array', items: ref('RecordStatement'), description: 'What each source stated, in the order of record.' },
    },
    ['learner', 'statements'],
  ),
  IdentifierConflict: objectOf<ConflictBody>(
    { agency: matchMembers.agency, identifier: matchMembers.identifier, since: matchMembers.since },
    ['since'],
  ),
  MatchSideBySide: objectOf<SideBySide>(
    {
      ...matchMembers,
      records: { type: 'array', items: ref('MatchRecord'), description: 'One where the two are merged.' },
      conflicts: {
        type: 'array',
        items: ref('IdentifierConflict'),
        description:
          'Of identifiers in conflict: all that are decided with this match. Of two learners of whichever agency; each has to be corrected.',
      },
      numbers: {
        type: 'array',
        items: ref('MatchNumbers'),
        description:
          'Of two who have ULNs, and none in common: of each. Where the two are one person `right` says in whose record the right one is. Absent where nothing is to be chosen.',
      },
    },
    [...NEEDED, 'records'],
  ),
  MatchNumbers: objectOf<NumbersBody>(
    {
      learner: { type: 'string', description: "The broker's own id." },
      ulns: texts('The ULNs with which the learner was told of, each once.'),
      agencies: texts('Slugs of whoever supplied them, of the sources of `records`.'),
    },
    ['learner', 'ulns', 'agencies'],
  ),
  MatchDecision: objectOf<{ readonly outcome: string; readonly reason: string; readonly right?: string; readonly after?: string }>(
    {
      outcome: {
        enum: [...MATCH_OUTCOMES],
        description:
          'same merges the two records, and can be taken back; deferred: not to be told yet. Of what came under a number alone: same lets it count for the one in whose record it stands, different leaves it with its source. Of identifiers of one learner in conflict: same says that what the agency told later is right, different that what it told first is.',
      },
      reason: { type: 'string', minLength: 1, maxLength: 500, description: 'The evidence, for whoever looks at it later.' },
      right: matchMembers.right,
      after: AFTER,
    },
    ['outcome', 'reason'],
  ),
  MatchUnmerge: objectOf<{ readonly match: string; readonly reason: string; readonly after?: string }>(
    {
      match: { type: 'string', description: 'The match that was merged.' },
      reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Why, for whoever looks at it later.' },
      after: AFTER,
    },
    ['match', 'reason'],
  ),
  MatchSettled: objectOf<SettledBody>(
    {
      match: { type: 'string', description: 'What was decided on.' },
      outcome: { enum: [...MATCH_OUTCOMES], description: 'What it came to.' },
      goesOn: { type: 'string', description: 'Of a merge: under whose id both are known from now on.' },
      position: ref('Position'),
    },
    ['match', 'outcome', 'position'],
  ),
};

const malformed = problem(['bad-request'], { description: 'A parameter or the body is not well formed.' });
export const refusals = {
  400: malformed,
  401: problem(['no-token', 'invalid-token'], {
    description: 'No token, or none that is in force.',
    headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
  }),
  403: problem(['not-permitted'], {
    description: 'The token is not the data manager’s, or no protocol in force gives the office anything.',
  }),
  429: tooManyRequests,
  500: internal,
  503: unavailable(['unavailable'], 'Nothing was recorded.'),
} as const;
const bodyRefusals = {
  413: problem(['too-large'], { description: 'The body is larger than 1 MiB.' }),
  415: problem(['unsupported-media-type'], { description: 'The body is not application/json.' }),
} as const;
const unknown = problem(['no-such-match'], { description: 'There is no such match.' });
const notSettled = problem(['match-not-settled', 'match-decided-meanwhile'], {
  description: 'As things stand it cannot be decided so, or it was decided meanwhile: the detail says what to do first.',
});

const ID: Parameter = {
  name: 'match',
  in: 'path',
  required: true,
  description: 'Id of a match, as the list tells it.',
  schema: { type: 'string', pattern: '^[a-z-]{1,40}(?:[.][0-9a-z-]{1,60}){1,2}$' },
  examples: { pair: { value: MATCH.match } },
};

export const operation = (one: Omit<Operation, 'tags' | 'security'>): Operation => ({
  tags: ['learners'],
  security: [{ bearer: [] }],
  ...one,
});

const settled: Operation['responses'][string] = {
  description: 'Recorded.',
  content: json('MatchSettled', { merged: { match: MATCH.match, outcome: 'same', goesOn: ONE, position: '120934' } satisfies SettledBody }),
};

const SAME = { outcome: 'same', reason: 'The certificate of birth was shown.' };
export const dataQualityPaths: Paths = {
  '/v1/data-quality/matches': {
    get: operation({
      operationId: 'matches',
      summary: 'Records that may be one person’s, or contradict one another; for the data manager.',
      parameters: [
        {
          name: 'state',
          in: 'query',
          description: 'Those alone of which that was decided, or anything; with `decisions`.',
          schema: { enum: [...MATCH_STATES_ASKED] },
        },
        {
          name: 'kind',
          in: 'query',
          description: 'Those alone that were found so.',
          schema: { enum: [...QUEUE_KINDS] },
        },
        { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer about the same kind.', schema: { type: 'string' } },
      ],
      responses: {
        200: {
          description:
            'What contributions wait for first, then the oldest. Of ties that wait a page, beside the first of which all else is told.',
          headers: NO_STORE,
          content: json('Matches', { queue: { matches: [MATCH] } }),
        },
        ...refusals,
        400: problem(['bad-request', 'cursor-malformed'], {
          description: 'A parameter is not well formed, or the cursor is of another question.',
        }),
      },
    }),
  },
  '/v1/data-quality/matches/{match}': {
    get: operation({
      operationId: 'match',
      summary: 'The records side by side; recorded as a look at each, which the learner can see.',
      parameters: [ID],
      responses: {
        200: {
          description: 'What each source stated.',
          headers: {
            ...NO_STORE,
            'Concordat-Position': { description: 'Of the look in the log.', required: true, schema: ref('Position') },
          },
          content: json('MatchSideBySide', {
            pair: {
              ...MATCH,
              records: [{ learner: ONE, statements: [] }],
            } satisfies SideBySide,
          }),
        },
        404: unknown,
        ...refusals,
      },
    }),
  },
  '/v1/data-quality/matches/{match}/decision': {
    post: operation({
      operationId: 'decideMatch',
      summary: 'Decides whether the two are one person, or whose a contribution is that came under a number alone.',
      parameters: [ID],
      requestBody: { required: true, content: json('MatchDecision', { same: SAME }) },
      responses: { 200: settled, 404: unknown, 409: notSettled, ...bodyRefusals, ...refusals },
    }),
  },
  '/v1/data-quality/unmerge': {
    post: operation({
      operationId: 'unmerge',
      summary: 'Gives each of two who were merged the own record again.',
      requestBody: { required: true, content: json('MatchUnmerge', { twins: { match: MATCH.match, reason: 'They are twins.' } }) },
      responses: { 200: settled, 404: unknown, 409: notSettled, ...bodyRefusals, ...refusals },
    }),
  },
};
