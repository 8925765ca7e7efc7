// The two forms on a feed, opened by a partner: a feed key, and an item under it (contracts.md, Envelope: going out).
// Written a second time on purpose: of the project's code this uses nothing.
import { createDecipheriv } from 'node:crypto';
import { compactDecrypt, compactVerify, type CryptoKey } from 'jose';
import type { brokerKeys } from './received-receipts.ts';

/** An item as it came: a CloudEvent by the broker. */
export interface CopiedItem {
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly position?: string;
  readonly protocol: string;
  readonly basis: string;
  readonly level: string;
  readonly category: string;
  readonly status?: string;
  readonly contributor?: string;
  readonly data: unknown;
}

interface ItemHeader {
  readonly alg?: unknown;
  readonly enc?: unknown;
  readonly kid?: unknown;
}

const bytes = (part: string): Buffer => Buffer.from(part, 'base64url');

type Parts = [header: string, key: string, iv: string, cipher: string, tag: string];

/** `keys`: by their kid. */
export const openItem = (compact: string, keys: ReadonlyMap<unknown, Buffer>): CopiedItem => {
  const [header, , iv, cipher, tag] = compact.split('.') as Parts;
  const { kid, alg, enc } = JSON.parse(bytes(header).toString()) as ItemHeader;
  if (alg !== 'dir' || enc !== 'A256GCM') throw new Error(`an item under ${String(alg)}, ${String(enc)}`);
  const key = keys.get(kid);
  if (!key) throw new Error('an item under a feed key that was not announced before it');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(iv), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(header)).setAuthTag(bytes(tag));
  return JSON.parse(Buffer.concat([decipher.update(bytes(cipher)), decipher.final()]).toString()) as CopiedItem;
};

interface FeedKeyJwk {
  readonly k: string;
  readonly kid: string;
  readonly aud: string;
}

export interface FeedKeyReader {
  readonly agency: string;
  readonly privateKey: CryptoKey | Uint8Array;
  readonly brokerKeys: Awaited<ReturnType<typeof brokerKeys>>;
}

/** The announcement's feed key; throws where anything about it is not what it says. */
export const openFeedKey = async (
  recordKey: string,
  value: Uint8Array,
  reader: FeedKeyReader,
): Promise<{ readonly kid: string; readonly key: Buffer }> => {
  const { plaintext } = await compactDecrypt(value, reader.privateKey);
  const { payload, protectedHeader } = await compactVerify(plaintext, reader.brokerKeys, { algorithms: ['EdDSA'] });
  const { k, kid, aud } = JSON.parse(Buffer.from(payload).toString()) as FeedKeyJwk;
  if (protectedHeader.typ !== 'concordat-feed-key+jws') throw new Error(`a feed key of typ ${String(protectedHeader.typ)}`);
  if (aud !== reader.agency || recordKey !== `feed-key:${kid}`) throw new Error('a feed key that is not what it says');
  return { kid, key: bytes(k) };
};
