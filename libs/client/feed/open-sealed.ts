// Opens what the feed brings. Only A256GCM; the key under which a record stands must be the one that is written inside.
import { calculateJwkThumbprint, compactDecrypt, decodeProtectedHeader, importJWK, type CryptoKey, type JWK } from 'jose';
import type { AgencySlug } from '#kernel';
import type { BrokerKeys } from '../broker-keys.ts';
import { ClientError } from '../client-error.ts';
import type { EncryptionKey } from '../keys.ts';
import { DUTY_PREFIX, FEED_KEY_PREFIX, FEED_KEY_TYPE, type FeedItem, NOTICE_PREFIX } from './feed-item.ts';

/** A feed key, good for the items of an epoch. */
export interface FeedKey {
  readonly kid: string;
  readonly epoch: string;
  readonly key: CryptoKey | Uint8Array;
}

/** `kid` of the header; undefined where there is no such header. */
export const kidOf = (jwe: string): string | undefined => {
  try {
    return decodeProtectedHeader(jwe).kid;
  } catch {
    return undefined;
  }
};

const damaged = (says: string, cause?: unknown): ClientError => new ClientError('unreadable', says, cause === undefined ? {} : { cause });

const PART = String.raw`(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?`;
/** One text for the same bytes: canonical base64url (RFC 7515 section 2, RFC 4648 section 3.5), of which decoders forgive a good deal. */
const COMPACT = new RegExp(String.raw`^${PART}(?:\.${PART}){4}$`);

const decrypted = async (jwe: string, key: CryptoKey | Uint8Array, alg: string): Promise<string> => {
  if (!COMPACT.test(jwe)) throw damaged('It is no JWE in compact form.');
  try {
    const { plaintext } = await compactDecrypt(jwe, key, { keyManagementAlgorithms: [alg], contentEncryptionAlgorithms: ['A256GCM'] });
    return Buffer.from(plaintext).toString();
  } catch (cause) {
    throw damaged('It does not open with the key that it names.', cause);
  }
};

export interface Announced {
  readonly agency: AgencySlug;
  readonly brokerKeys: BrokerKeys;
}

type FeedJwk = JWK & { readonly aud?: unknown; readonly epoch?: unknown };

/** A key message: a JWE for one of the agency's keys around a JWS of the broker around the feed key. Throws `ClientError`. */
export const openAnnouncement = async (
  record: { readonly key: string; readonly value: string },
  own: EncryptionKey,
  { agency, brokerKeys }: Announced,
): Promise<FeedKey> => {
  const jws = await decrypted(record.value, own.key, 'ECDH-ES+A256KW');
  const jwk = (await brokerKeys.verify(jws, FEED_KEY_TYPE)) as FeedJwk;
  if (jwk.kty !== 'oct' || typeof jwk.k !== 'string') throw damaged('What it holds is no feed key.');
  if (jwk.aud !== agency) throw damaged('It is a feed key of another agency.');
  const kid = await calculateJwkThumbprint({ kty: 'oct', k: jwk.k });
  if (record.key !== `${FEED_KEY_PREFIX}${kid}`) throw damaged('It stands under the name of another key.');
  return { kid, epoch: typeof jwk.epoch === 'string' ? jwk.epoch : '', key: await importJWK({ kty: 'oct', k: jwk.k }, 'A256GCM') };
};

/** An item or a notice. Throws `ClientError`. */
export const openItem = async (record: { readonly key: string; readonly value: string }, { key }: FeedKey): Promise<FeedItem> => {
  const item = parsed(await decrypted(record.value, key, 'dir'));
  if (item === undefined || keyOf(item) !== record.key) throw damaged('It stands under the key of another item.');
  return item;
};

/** A notice or a duty bears its key; an item is named by the learner's pseudonym and its own id. */
const keyOf = ({ id, subject }: FeedItem): string =>
  [NOTICE_PREFIX, DUTY_PREFIX].some((prefix) => id.startsWith(prefix)) ? id : `${subject}/${id}`;

const parsed = (text: string): FeedItem | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as FeedItem) : undefined;
  } catch (cause) {
    throw damaged('What it holds is no JSON.', cause);
  }
};
