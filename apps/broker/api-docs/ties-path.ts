// Who waits for a voucher, in the document.
import type { WaitingTie } from '#disclosure';
import { json, objectOf, type Paths, ref, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

interface TiesBody {
  readonly ties: readonly WaitingTie[];
  readonly next?: string;
}

const TIE: WaitingTie = {
  learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w',
  localId: 'cx-17',
  agency: 'st-chads-school',
  relationships: ['home-institution'],
  since: '2026-09-03',
};

export const tieSchemas: Schemas = {
  WaitingTie: objectOf<WaitingTie>(
    {
      learner: { type: 'string', description: "The asker's own pseudonym for the learner; for the data manager the broker's own id." },
      localId: { type: 'string', description: "The asking agency's own id for the learner, where it linked one." },
      agency: { type: 'string', description: 'Whose tie waits.' },
      relationships: { type: 'array', items: { type: 'string' }, description: 'What it would be, were somebody to vouch for it.' },
      since: { type: 'string', format: 'date', description: 'Day (London) on which the first about it was recorded.' },
    },
    ['learner', 'agency', 'relationships', 'since'],
    'What an agency says of its tie with a learner counts for nobody else until somebody who stands with the learner vouches for it.',
  ),
  WaitingTies: objectOf<TiesBody>(
    {
      ties: { type: 'array', items: ref('WaitingTie') },
      next: {
        type: 'string',
        description: 'Present where there may be more: the `cursor` of the next page. A page may be empty and still not be the last.',
      },
    },
    ['ties'],
  ),
};

export const tiesPath: Paths = {
  '/v1/ties': {
    get: {
      operationId: 'waitingTies',
      tags: ['learners'],
      summary: 'Whose ties with a learner wait for a voucher that whoever asks can give.',
      description:
        'For connexions and local authorities that stand with the learner; other agencies get an empty list. They vouch with the event `tie.confirmed`. The data manager is told of all who wait, a learner of the own ties. No purpose is named; each look is recorded.',
      security: [{ bearer: [] }],
      parameters: [
        {
          name: 'state',
          in: 'query',
          description: 'Which ties: those that wait.',
          schema: { type: 'string', enum: ['waiting'], default: 'waiting' },
        },
        { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer, as it was given.', schema: { type: 'string' } },
        {
          name: 'limit',
          in: 'query',
          description: 'Learners looked at for a page.',
          schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 },
        },
      ],
      responses: {
        200: {
          description: 'A page.',
          headers: {
            ...NO_STORE,
            'Concordat-Position': {
              description: 'Up to which the log was gone through for candidates.',
              required: true,
              schema: ref('Position'),
            },
          },
          content: json('WaitingTies', { ties: { ties: [TIE] } satisfies TiesBody }),
        },
        400: problem(['position-malformed', 'limit-malformed', 'cursor-malformed', 'bad-request'], {
          description: 'A header or parameter is not well formed.',
        }),
        401: problem(['no-token', 'invalid-token'], {
          description: 'No token, or none that is in force.',
          headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
        }),
        403: problem(['not-permitted'], { description: 'The token names an office that vouches for nobody.' }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(['unavailable'], 'The log was not gone through as far as was asked for.'),
      },
    },
  },
};
