// What the feed holds once it is decrypted, as schemas. The members are held against the types that the broker seals.
import { CATEGORIES, type Schema } from '#catalogue';
import {
  FEED_KEY_TYPE,
  type FeedDutyEvent,
  type FeedItemEvent,
  type FeedNoticeEvent,
  type NoticeData,
  type OverdueDutyData,
} from '#egress';
import { ABOUT_KINDS, type DutyAbout } from '#duties';
import type { FeedJwk } from '#privacy';
import { STATUSES } from './learner-schemas.ts';
import { NOTICE_REASON } from './notices-path.ts';
import { objectOf, ref, type Schemas } from './openapi.ts';

const TEXT: Schema = { type: 'string' };
const PSEUDONYM = 'psn:[A-Za-z0-9_-]{22}';

/** What Kafka keys look like. */
export const ITEM_KEY: Schema = {
  type: 'string',
  pattern: `^${PSEUDONYM}/(?:[A-Za-z0-9_-]{22}|identity)$`,
  description:
    "The recipient's pseudonym for the learner, and the item's pairwise id, which answers give too; `identity` for the merged identity, which has none.",
};
export const NOTICE_KEY: Schema = { type: 'string', pattern: '^notice:.{1,100}$' };
export const DUTY_KEY: Schema = { type: 'string', pattern: '^duty:.{1,200}$' };
export const FEED_KEY_KEY: Schema = {
  type: 'string',
  pattern: '^feed-key:[A-Za-z0-9_-]{43}$',
  description: 'The RFC 7638 thumbprint of the feed key.',
};

const ENVELOPE = {
  specversion: { const: '1.0' },
  source: { type: 'string', pattern: '^urn:concordat:broker:[a-z0-9-]+$', description: 'The broker.' },
  subject: {
    type: 'string',
    pattern: `^${PSEUDONYM}$`,
    description: "The recipient's own pseudonym for the learner: two agencies' differ. It may be used as `ref` in queries.",
  },
  localid: { ...TEXT, description: "The recipient's own id for the learner, where it linked one." },
  datacontenttype: { const: 'application/json' },
} as const;

const TIME: Schema = { type: 'string', format: 'date-time' };

export const feedSchemas: Schemas = {
  FeedItem: objectOf<FeedItemEvent>(
    {
      ...ENVELOPE,
      id: {
        type: 'string',
        pattern: '^(?:[A-Za-z0-9_-]{22}|identity)$',
        description:
          'The pairwise id that answers give too; `identity` of the merged identity. `<subject>/<id>` is the Kafka key: an item that was moved to another key is to be refused.',
      },
      type: ref('ItemType'),
      time: {
        ...TIME,
        description:
          'When it happened: as told of the recipient’s own items; of others’ midnight UTC of the day in London. None on the merged identity.',
      },
      position: { ...ref('Position'), description: 'Of the recipient’s own items alone.' },
      protocol: {
        type: 'string',
        pattern: '^(?:own|[a-z0-9-]+@[0-9]+#[A-Za-z0-9-]+)$',
        description: 'What permits it: `protocol@version#clause`, or `own`.',
      },
      purpose: { ...TEXT, description: 'For which it may be used; absent for what is the recipient’s own.' },
      basis: { ...TEXT, description: 'Lawful basis under UK GDPR, as `6(1)(e), 9(2)(g)`; or `own`.' },
      level: { type: 'string', enum: ['full', 'summary', 'existence'] },
      category: { type: 'string', enum: CATEGORIES },
      status: { type: 'string', enum: STATUSES, description: 'Present where it is no longer the current one.' },
      confirmed: {
        const: false,
        description: 'Present where the contributing agency does not stand with the learner: nobody has confirmed it yet.',
      },
      disputed: { const: true, description: 'Present where it is disputed.' },
      contributor: {
        ...TEXT,
        description:
          'The contributing agency, as `urn:concordat:agency:<slug>`; absent on the merged identity, and where whose it is would tell too much.',
      },
      data: { type: 'object', description: 'The data of the event (schema `<Type>V<N>Data`), minimised as the clause says.' },
    },
    ['specversion', 'id', 'source', 'type', 'subject', 'datacontenttype', 'protocol', 'basis', 'level', 'category', 'data'],
    'CloudEvents 1.0: one event about a learner, or the learner’s merged identity, as far as the recipient may see it.',
  ),
  FeedNotice: objectOf<FeedNoticeEvent>(
    {
      ...ENVELOPE,
      id: { ...NOTICE_KEY, description: 'Equal to the Kafka key.' },
      type: { const: 'uk.concordat.notice.issued.v1' },
      time: { ...TIME, description: 'When it was issued.' },
      category: { const: 'consent' },
      data: ref('NoticeData'),
    },
    ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'category', 'data'],
    'CloudEvents 1.0: what was received is to be dealt with, as the reason asks, and that is to be acknowledged (event type notice.acknowledged).',
  ),
  NoticeData: objectOf<NoticeData>(
    {
      noticeId: { ...TEXT, description: 'To be named in `notice.acknowledged`.' },
      reason: NOTICE_REASON,
      consentId: { ...TEXT, description: 'Of a withdrawal: the consent that was withdrawn.' },
      items: { type: 'array', items: ITEM_KEY, description: 'Keys of what was shown.' },
      due: { type: 'string', format: 'date', description: 'The last day, in London, to answer.' },
      duty: { ...TEXT, description: 'The clause that says so, as `protocol@version#duty`.' },
    },
    ['noticeId', 'reason', 'items', 'due'],
  ),
  FeedDuty: objectOf<FeedDutyEvent>(
    {
      ...ENVELOPE,
      id: { ...DUTY_KEY, description: 'Equal to the Kafka key.' },
      type: { const: 'uk.concordat.duty.overdue.v1' },
      time: { ...TIME, description: 'When it was overdue: as the day after `due` began in London.' },
      protocol: { ...TEXT, description: 'Which agreement asks for it, as `protocol@version#duty`.' },
      data: ref('OverdueDutyData'),
    },
    ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'protocol', 'data'],
    'CloudEvents 1.0: what the recipient had to do about the learner and has not done in time.',
  ),
  OverdueDutyData: objectOf<OverdueDutyData>(
    {
      dutyId: { ...TEXT, description: 'As `GET /v1/duties` has it.' },
      duty: { ...TEXT, description: 'Id of the duty in its protocol.' },
      says: { ...TEXT, description: 'What is to be done, in words.' },
      of: { ...TEXT, description: 'Slug of the agency that runs the programme that it is about.' },
      programmeId: { ...TEXT, description: 'Its id for the programme.' },
      about: objectOf<DutyAbout>(
        {
          kind: { enum: ABOUT_KINDS, description: 'What it is.' },
          id: { ...TEXT, description: 'As its agency calls it.' },
          of: { ...TEXT, description: 'Slug of that agency.' },
        },
        ['kind'],
        'What it is about.',
      ),
      since: { type: 'string', format: 'date', description: 'Day from which time ran.' },
      due: { type: 'string', format: 'date', description: 'The last day in time, in London.' },
      byFallback: { type: 'boolean', description: 'It is the recipient’s since its link adviser stands in.' },
    },
    ['dutyId', 'duty', 'says', 'about', 'since', 'due', 'byFallback'],
  ),
  FeedKey: objectOf<FeedJwk & { readonly aud: string; readonly epoch: string }>(
    {
      kty: { const: 'oct' },
      k: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$', description: '32 bytes.' },
      kid: { ...TEXT, description: 'RFC 7638 thumbprint.' },
      alg: { const: 'A256GCM' },
      use: { const: 'enc' },
      aud: { ...TEXT, description: 'Slug of the agency whose feed it is.' },
      epoch: { ...TEXT, description: 'For how long it seals: a part of a day, and not beyond a change of the agency’s encryption keys.' },
    },
    ['kty', 'k', 'kid', 'alg', 'use', 'aud', 'epoch'],
    `RFC 7517: the key of the items that name its \`kid\`. Signed by the broker (JWS, \`typ\` ${FEED_KEY_TYPE}), and that encrypted for the agency’s registered encryption key.`,
  ),
};
