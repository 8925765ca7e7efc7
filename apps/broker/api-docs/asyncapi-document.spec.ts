import { createRequire } from 'node:module';
import { Ajv as AjvDraft7 } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { shippedCatalogue } from '#catalogue';
import { DUTY_PREFIX, FEED_KEY_PREFIX, FEED_KEY_TYPE, type FeedItem, NOTICE_PREFIX, RECEIPTS_TYPE, topicsOf } from '#client';
import { ORIGIN_HEADER } from '#client/kafka';
import { MERGED_IDENTITY_TYPE, type OpenedDuty } from '#disclosure';
import {
  announcementKey,
  dutyKey,
  FEED_KEY_TYPE as SEALED_AS,
  feedDutyEvent,
  feedItemEvent,
  feedNoticeEvent,
  itemKey,
  keyIdOf,
  noticeKey,
} from '#egress';
import { ITEM } from '#egress/fixtures';
import { asyncApiDocument } from './asyncapi-document.ts';
import { ORIGIN_HEADER as DESCRIBED_ORIGIN } from './asyncapi-messages.ts';

const catalogue = shippedCatalogue();
const document = asyncApiDocument({ catalogue, topicPrefix: 'concordat' });
const text = JSON.stringify(document);

const ROOT = 'https://broker.example/asyncapi.json';
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: ROOT, components: document.components });
const named = (name: string): ValidateFunction => ajv.compile({ $ref: `${ROOT}#/components/schemas/${name}` });
const keyOf = (message: string): ValidateFunction => ajv.compile(document.components.messages[message]?.bindings.kafka.key ?? false);

const DUTY = {
  dutyId: 'Zb8yq3wu2Yq8T0bq0y0u7r/e2e-passport@1/follow-up',
  token: '2026-10-15',
  duty: {
    ...{ name: '7/e2e-passport@1/follow-up', protocol: 'e2e-passport@1', duty: 'follow-up', says: 'The adviser follows up.' },
    ...{
      since: '2026-10-01',
      due: '2026-10-15',
      of: 'bct',
      programmeId: 'p-1',
      about: { kind: 'programme', id: 'p-1', of: 'bct' },
      byFallback: false,
    },
  },
} as unknown as OpenedDuty;
const NOTICE = {
  noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
  recipient: 'eastgate',
  reason: 'withdrawal',
  consentId: 'k-1',
  items: [17],
  issuedAt: Date.UTC(2026, 2, 2),
  due: '2026-03-07',
} as const;

it('conforms to the JSON Schema of AsyncAPI 3.0.0', () => {
  const metaSchema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object;
  const draft7 = new AjvDraft7({ strict: false, allErrors: true, logger: false });
  addFormats.default(draft7);
  const validate = draft7.compile(metaSchema);
  validate(structuredClone(document));
  expect(validate.errors ?? []).toEqual([]);
});

it('refers to nothing that is not there, and describes nothing that is not referred to', () => {
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  const found = (path: string): unknown =>
    path.split('/').reduce<unknown>((at, part) => (at as Readonly<Record<string, unknown>> | undefined)?.[part], document);
  expect(references.filter((path) => found(path) === undefined)).toEqual([]);
  const components = Object.entries(document.components).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `components/${kind}/${name}`),
  );
  expect(components.filter((path) => !references.includes(path) && !path.endsWith('Data'))).toEqual([]);
});

describe('the names are those in use', () => {
  it('of topics, as clients make them', () => {
    const { in: events, receipts, out } = topicsOf('black-country-training');
    const addresses = Object.values(document.channels).map(({ address }) => address.replace('{agency}', 'black-country-training'));
    expect(addresses).toEqual([events, receipts, out]);
    expect(asyncApiDocument({ catalogue, topicPrefix: 'town' }).channels['feed']?.address).toBe('town.out.{agency}');
  });

  it('of headers and types of signed content, as the client expects them', () => {
    expect(DESCRIBED_ORIGIN).toBe(ORIGIN_HEADER);
    expect(SEALED_AS).toBe(FEED_KEY_TYPE);
    for (const name of [ORIGIN_HEADER, RECEIPTS_TYPE, FEED_KEY_TYPE]) expect(text).toContain(name);
  });

  it('of keys, as the broker makes them', () => {
    const keys = {
      feedItem: itemKey(ITEM.learner, keyIdOf(ITEM.item)),
      feedNotice: noticeKey(NOTICE.noticeId),
      feedDuty: dutyKey(DUTY.dutyId),
      feedKey: announcementKey('a'.repeat(43)),
    };
    for (const [message, key] of Object.entries(keys)) {
      for (const other of Object.keys(keys)) expect([message, other, keyOf(other)(key)]).toEqual([message, other, message === other]);
      expect(keyOf('tombstone')(key)).toBe(true);
    }
    expect(keys.feedDuty.startsWith(DUTY_PREFIX)).toBe(true);
    expect([keys.feedNotice.startsWith(NOTICE_PREFIX), keys.feedKey.startsWith(FEED_KEY_PREFIX)]).toEqual([true, true]);
  });
});

describe('what the broker seals is as described', () => {
  it('items', () => {
    const event: FeedItem = { ...feedItemEvent('urn:concordat:broker:local', ITEM) };
    const validate = named('FeedItem');
    expect(validate(event) || validate.errors).toBe(true);
    expect(validate({ ...event, id: 'other' })).toBe(false);
  });

  it('the merged identity', () => {
    const { id: _id, source: _source, time: _time, ...ground } = ITEM.item;
    const event = feedItemEvent('urn:concordat:broker:local', {
      ...ITEM,
      item: { ...ground, type: MERGED_IDENTITY_TYPE, category: 'identity', data: { givenName: 'Zoë' } },
    });
    const validate = named('FeedItem');
    expect(validate({ ...event }) || validate.errors).toBe(true);
    expect([keyOf('feedItem')(`${event.subject}/${event.id}`), catalogue.type(event.type)]).toEqual([true, undefined]);
  });

  it('overdue duties', () => {
    const event = feedDutyEvent('urn:concordat:broker:local', { learner: ITEM.learner, opened: DUTY });
    const validate = named('FeedDuty');
    expect(validate({ ...event }) || validate.errors).toBe(true);
    expect([event.time, keyOf('feedDuty')(event.id)]).toEqual(['2026-10-15T23:00:00.000Z', true]);
  });

  it('notices', () => {
    const validate = named('FeedNotice');
    expect(
      validate({
        ...feedNoticeEvent('urn:concordat:broker:local', { learner: ITEM.learner, items: ['Zb8yq3wu2Yq8T0bq0y0u7r'], notice: NOTICE }),
      }) || validate.errors,
    ).toBe(true);
  });
});

it('has a payload schema for every event type', () => {
  const types = catalogue.types.map(({ name }) => name);
  expect((document.components.schemas['EventType'] as { readonly enum: readonly string[] }).enum).toEqual(types);
  expect((document.components.schemas['Event'] as { readonly oneOf: readonly unknown[] }).oneOf).toHaveLength(types.length);
});
