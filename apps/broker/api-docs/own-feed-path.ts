// How far an agency's own feed is, in the document.
import { FEED_STATES } from '#egress';
import { json, type Paths, plainObject, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const COUNT = { type: 'integer', minimum: 0 } as const;

export const ownFeedSchemas: Schemas = {
  OwnFeed: plainObject(
    {
      agency: { type: 'string', description: 'Whose token asked.' },
      state: {
        enum: [...FEED_STATES],
        description:
          '`stalled`: the feed does not take what is sent, such as for want of its topic; `no-key`: no encryption key is in force, so nothing can be sent; `not-sent-here`: this broker sends no feeds.',
      },
      events: { ...COUNT, description: 'Of the log, that were not gone through for the feed yet; of a stalled one, that came since.' },
      seconds: { ...COUNT, description: 'Since the first of them was recorded; of a stalled one, since it is.' },
      since: { type: 'string', format: 'date-time', description: 'Since when it is stalled.' },
    },
    ['agency', 'state'],
  ),
};

export const ownFeedPath: Paths = {
  '/v1/feed': {
    get: {
      operationId: 'ownFeed',
      tags: ['service'],
      summary: 'How far the feed of the agency that asks is behind the log.',
      description: 'Figures alone: nothing of any learner, and nothing of other agencies.',
      security: [{ bearer: [] }],
      responses: {
        200: {
          description: 'As it is now.',
          headers: NO_STORE,
          content: json('OwnFeed', {
            behind: { agency: 'heath-town-skills', state: 'behind', events: 3, seconds: 1 },
            stalled: { agency: 'heath-town-skills', state: 'stalled', events: 512, seconds: 5400, since: '2026-11-30T09:00:00.000Z' },
          }),
        },
        400: problem(['bad-request'], { description: 'The request is not well formed.' }),
        401: problem(['no-token', 'invalid-token'], {
          description: 'No token, or none that is in force.',
          headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
        }),
        403: problem(['not-an-agency'], { description: 'The token names an office or a learner.' }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(['unavailable'], 'The log cannot be read now.'),
      },
    },
  },
};
