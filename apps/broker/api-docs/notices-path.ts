// Notices to recipients of data in the document.
import type { Schema } from '#catalogue';
import { NOTICE_REASONS } from '#consent';
import type { NoticeShown } from '#egress';
import { json, objectOf, type Paths, ref, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

interface NoticesBody {
  readonly notices: readonly NoticeShown[];
}

const NOTICE: NoticeShown = {
  learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w',
  localId: 'cx-17',
  noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
  reason: 'withdrawal',
  consentId: 'consent-17',
  items: ['psn:u2Yq8T0bq0y0u7rZb8yq3w/Zb8yq3wu2Yq8T0bq0y0u7r'],
  issuedAt: '2026-10-01T09:00:00.000Z',
  due: '2026-10-06',
  duty: 'e2e-passport@1#ED6',
};

export const NOTICE_REASON: Schema = {
  type: 'string',
  enum: [...NOTICE_REASONS],
  description:
    'What took effect: a consent was withdrawn; a restriction requested; an objection upheld; what was shown was set right, or taken back, by its source; or the learner was erased: then all that was shown is to be.',
};

export const noticeSchemas: Schemas = {
  Notice: objectOf<NoticeShown>(
    {
      learner: { type: 'string', description: "The asking agency's own pseudonym for the learner." },
      localId: { type: 'string', description: "The asking agency's own id for the learner, where it linked one." },
      noticeId: { type: 'string', format: 'uuid', description: 'To be named in `notice.acknowledged`.' },
      reason: NOTICE_REASON,
      consentId: { type: 'string', description: 'Of a withdrawal: the consent that was withdrawn.' },
      items: {
        type: 'array',
        items: { type: 'string' },
        description:
          'What the agency was shown: `learner` and the `id` of each item (`identity` for the merged identity) with a slash between, which is its key on a feed.',
      },
      issuedAt: { type: 'string', format: 'date-time' },
      due: { type: 'string', format: 'date', description: 'The last day, in London, to answer.' },
      duty: { type: 'string', description: 'The clause that says so: `protocol@version#duty`.' },
    },
    ['learner', 'noticeId', 'reason', 'items', 'issuedAt', 'due'],
    'Something took effect about data that the agency received: it stops using them, or sets them right, and says what it did.',
  ),
  Notices: objectOf<NoticesBody>(
    { notices: { type: 'array', maxItems: 500, items: ref('Notice') } },
    ['notices'],
    'Those that are not answered yet, the oldest first.',
  ),
};

export const noticesPath: Paths = {
  '/v1/notices': {
    get: {
      operationId: 'notices',
      tags: ['learners'],
      summary: 'Of what the agency was told about data that it received, and has not yet said what it did with them.',
      description:
        'Each is answered with the event `notice.acknowledged`, and then listed no more. No purpose is named. Over Kafka they are on the feed as well.',
      security: [{ bearer: [] }],
      responses: {
        200: {
          description: 'The oldest 500.',
          headers: {
            ...NO_STORE,
            'Concordat-Position': {
              description: 'Up to which the log was gone through for notices.',
              required: true,
              schema: ref('Position'),
            },
          },
          content: json('Notices', { notices: { notices: [NOTICE] } satisfies NoticesBody }),
        },
        400: problem(['position-malformed', 'bad-request'], { description: 'A header is not well formed.' }),
        401: problem(['no-token', 'invalid-token'], {
          description: 'No token, or none that is in force.',
          headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
        }),
        403: problem(['not-an-agency'], { description: 'The token names an office or a learner.' }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(['unavailable'], 'The log was not gone through as far as was asked for.'),
      },
    },
  },
};
