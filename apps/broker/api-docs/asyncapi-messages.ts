// The messages that travel over Kafka, and under which keys.
import type { Schema } from '#catalogue';
import { BINDING_VERSION, type AsyncMessage } from './asyncapi.ts';
import { DUTY_KEY, FEED_KEY_KEY, ITEM_KEY, NOTICE_KEY } from './asyncapi-schemas.ts';
import { ref } from './openapi.ts';

/** Of a record of receipts: which message they are about. */
export const ORIGIN_HEADER = 'concordat-origin';

const JWS: Schema = {
  type: 'string',
  contentMediaType: 'application/jose',
  pattern: String.raw`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$`,
};
const JWE: Schema = { type: 'string', contentMediaType: 'application/jose', pattern: String.raw`^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){4}$` };
const SUBJECT: Schema = {
  type: 'string',
  minLength: 1,
  description: 'The subject of the event (of the first one, in a batch); its own `id` for an event about no learner.',
};

const keyed = (key: Schema): AsyncMessage['bindings'] => ({ kafka: { key, bindingVersion: BINDING_VERSION } });

export const asyncMessages: Readonly<Record<string, AsyncMessage>> = {
  signedEvents: {
    name: 'signedEvents',
    title: 'Signed events',
    summary:
      'One JWS in compact form (RFC 7515), at most 1 MiB: `alg` EdDSA (Ed25519) or ES256, `kid` the RFC 7638 thumbprint of a registered signing key, `cty` cloudevents+json for one event or cloudevents-batch+json for an array of up to 500. What cannot be attributed to the agency gets no receipt.',
    contentType: 'application/jose',
    payload: { ...JWS, maxLength: 1024 * 1024, 'x-jws-payload': { oneOf: [ref('Event'), ref('EventBatch')] } },
    bindings: keyed(SUBJECT),
  },
  receipts: {
    name: 'receipts',
    title: 'Receipts',
    summary:
      'What became of each event of one message, in order: a JWS that the broker signed (`alg` EdDSA, `kid` of /.well-known/jwks.json, `typ` concordat-receipts+jws). Each comes once to consumers that read committed records only.',
    contentType: 'application/jose',
    headers: {
      type: 'object',
      required: [ORIGIN_HEADER],
      properties: {
        [ORIGIN_HEADER]: {
          type: 'string',
          pattern: '^[0-9]+/[0-9]+$',
          description: 'Partition and offset of the message in the topic that the agency writes to.',
        },
      },
    },
    payload: { ...JWS, 'x-jws-payload': ref('Receipts') },
    bindings: keyed({ ...SUBJECT, description: 'The key of the message.' }),
    examples: [
      { name: 'receipts', headers: { [ORIGIN_HEADER]: '0/4711' }, payload: 'eyJhbGciOiJFZERTQSJ9.eyJyZWNlaXB0cyI6W119.c2lnbmF0dXJl' },
    ],
  },
  feedKey: {
    name: 'feedKey',
    title: 'Feed key',
    summary:
      'The key of an epoch: a JWE (`alg` ECDH-ES+A256KW, `enc` A256GCM, `kid` of the registered encryption key) around a JWS by the broker (`typ` concordat-feed-key+jws) around a JWK. It comes before what it seals, and again, under the same Kafka key, after a change of encryption keys.',
    contentType: 'application/jose',
    payload: { ...JWE, 'x-jwe-payload': { ...JWS, 'x-jws-payload': ref('FeedKey') } },
    bindings: keyed(FEED_KEY_KEY),
  },
  feedItem: {
    name: 'feedItem',
    title: 'Item',
    summary:
      'What the agency may know about a learner now: a JWE (`alg` dir, `enc` A256GCM) with the feed key that `kid` names, around a CloudEvent. A later record under the same key takes its place.',
    contentType: 'application/jose',
    payload: { ...JWE, 'x-jwe-payload': ref('FeedItem') },
    bindings: keyed(ITEM_KEY),
  },
  feedNotice: {
    name: 'feedNotice',
    title: 'Notice',
    summary:
      'What was received is to be dealt with: a consent was withdrawn, a restriction requested, an objection upheld, or its source set it right or took it back. Acknowledge that. Sealed as an item is; a tombstone follows once it is acknowledged.',
    contentType: 'application/jose',
    payload: { ...JWE, 'x-jwe-payload': ref('FeedNotice') },
    bindings: keyed(NOTICE_KEY),
  },
  feedDuty: {
    name: 'feedDuty',
    title: 'Overdue duty',
    summary:
      'What a protocol asks of the agency about a learner, and it has not done in time; as `GET /v1/duties` tells it. Sealed as an item is; a tombstone follows once it is done, or void.',
    contentType: 'application/jose',
    payload: { ...JWE, 'x-jwe-payload': ref('FeedDuty') },
    bindings: keyed(DUTY_KEY),
  },
  tombstone: {
    name: 'tombstone',
    title: 'Tombstone',
    summary:
      'A record without a value: what stood under this key may no longer be known (withdrawal, erasure, end of a protocol), or asks for nothing more. Delete it, wherever it was copied to.',
    contentType: 'application/jose',
    payload: { type: 'null' },
    bindings: keyed({ anyOf: [ITEM_KEY, NOTICE_KEY, DUTY_KEY, FEED_KEY_KEY] }),
  },
};
