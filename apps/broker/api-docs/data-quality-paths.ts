// The data manager's queue, and what is decided of it, in the document.
import { MATCH_OUTCOMES, QUEUE_KINDS } from '#learner-file';
import { MATCH_STATES } from '#read-models';
import { json, objectOf, type Operation, type Parameter, type Paths, ref, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

interface MatchBody {
  readonly match: string;
  readonly kind: string;
  readonly state: string;
  readonly learners: readonly string[];
  readonly agency?: string;
  readonly beside?: string;
  readonly type?: string;
  readonly since: string;
  readonly agreeOn: readonly string[];
  readonly differOn: readonly string[];
  readonly score?: number;
  readonly waiting: number;
  readonly overdue: boolean;
}

interface StatementBody {
  readonly type: string;
  readonly source?: string;
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface SideBySide extends MatchBody {
  readonly records: readonly { readonly learner: string; readonly statements: readonly StatementBody[] }[];
}

interface SettledBody {
  readonly match: string;
  readonly outcome: string;
  readonly goesOn?: string;
  readonly position: string;
}

const ONE = '0f5c2b9e-2f0e-4a51-9d0a-6f6c7f0f3a11';
const OTHER = '7d3e6a58-5f0d-4e0c-8a4b-1d2f3c4b5a69';
const MATCH: MatchBody = {
  match: `possible-match.${ONE}.${OTHER}`,
  kind: 'possible-match',
  state: 'open',
  learners: [ONE, OTHER],
  since: '2026-10-05T08:00:00.000Z',
  agreeOn: ['familyName', 'dateOfBirth', 'postcode'],
  differOn: ['givenName'],
  score: 75,
  waiting: 0,
  overdue: false,
};

const texts = (description: string) => ({ type: 'array', items: { type: 'string' }, description }) as const;

const matchMembers = {
  match: { type: 'string', description: 'Names it to whoever decides.' },
  kind: { enum: [...QUEUE_KINDS], description: 'How it was found.' },
  state: { enum: [...MATCH_STATES], description: 'What was decided of the two; open: nothing yet.' },
  learners: { type: 'array', items: { type: 'string' }, description: "The broker's own ids of whom it is about." },
  agency: { type: 'string', description: 'Whose contribution brought it about.' },
  beside: { type: 'string', description: 'Of an assessment recorded apart: whose one stands beside it.' },
  type: { type: 'string', description: 'Of a contribution that came under a number alone: its type.' },
  since: { type: 'string', format: 'date-time', description: 'When it was found.' },
  agreeOn: texts('What both state alike.'),
  differOn: texts('What they state otherwise.'),
  score: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    description: 'Of a hundred, how much of what both state is alike. Absent where there is nothing to compare.',
  },
  waiting: {
    type: 'integer',
    minimum: 0,
    description:
      'Assessments recorded apart, registrations refused and contributions under a number alone that are about the same learners and wait.',
  },
  overdue: { type: 'boolean', description: 'Open for more than ten working days.' },
} as const;
const NEEDED = ['match', 'kind', 'state', 'learners', 'since', 'agreeOn', 'differOn', 'waiting', 'overdue'] as const;

export const dataQualitySchemas: Schemas = {
  Match: objectOf<MatchBody>(matchMembers, NEEDED),
  Matches: objectOf<{ readonly matches: readonly MatchBody[] }>({ matches: { type: 'array', items: ref('Match') } }, ['matches']),
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
  MatchSideBySide: objectOf<SideBySide>(
    {
      ...matchMembers,
      records: { type: 'array', items: ref('MatchRecord'), description: 'One where the two are merged.' },
    },
    [...NEEDED, 'records'],
  ),
  MatchDecision: objectOf<{ readonly outcome: string; readonly reason: string }>(
    {
      outcome: {
        enum: [...MATCH_OUTCOMES],
        description:
          'same merges the two records, and can be taken back; deferred: not to be told yet. Of what came under a number alone: same lets it count for the one in whose record it stands, different leaves it with its source.',
      },
      reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Why, for whoever looks at it later.' },
    },
    ['outcome', 'reason'],
  ),
  MatchUnmerge: objectOf<{ readonly match: string; readonly reason: string }>(
    {
      match: { type: 'string', description: 'The match that was merged.' },
      reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Why, for whoever looks at it later.' },
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
const notSettled = problem(['match-not-settled'], {
  description: 'As things stand it cannot be decided so: the detail says what to do first.',
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
        { name: 'state', in: 'query', description: 'Those alone of which that was decided.', schema: { enum: [...MATCH_STATES] } },
        {
          name: 'kind',
          in: 'query',
          description:
            'Those alone that were found so. Ties that wait for a voucher are told where their kind is asked for, since everybody is gone through.',
          schema: { enum: [...QUEUE_KINDS] },
        },
      ],
      responses: {
        200: {
          description: 'All of them: what contributions wait for first, then the oldest.',
          headers: NO_STORE,
          content: json('Matches', { queue: { matches: [MATCH] } }),
        },
        ...refusals,
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
