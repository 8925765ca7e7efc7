// From what the gate decided about a learner to sealed messages, and to what the ledger holds before and after they are sent.
import { CompactEncrypt, CompactSign } from 'jose';
import { type AgencyKey, type AgencyRegister, isInForce, takesPart } from '#agencies';
import type { AgencySlug, Clock, Instant, Revision } from '#kernel';
import type { BrokerIdentity } from '#access';
import type { FeedKeys } from '#privacy';
import {
  type FeedDisclosure,
  type FeedReadSet,
  NOTICE_TOKEN,
  type OpenedChange,
  type OpenedDuty,
  type OpenedItem,
  type OpenedNotice,
} from '#disclosure';
import {
  announcementKey,
  dutyKey,
  type FeedItem,
  feedItemEvent,
  type FeedNotice,
  feedNoticeEvent,
  type FeedRecord,
  itemKey,
  keyIdOf,
  noticeKey,
  tombstone,
} from './feed-form.ts';
import { type FeedDuty, feedDutyEvent } from './duty-form.ts';
import type { FeedLine, LearnerFeeds, LedgerFeed } from './feed-ledger.ts';

// How long one feed key serves: six hours of UTC at most, and not a moment beyond a change of its partner's encryption keys.

/**
 * A key may seal fewer than 2^32 items, since their IVs are random (NIST SP 800-38D 8.3). In six hours that is 198,000 a second to one
 * partner, more than one thread can seal; so no count need be kept, which a restart would lose. In a whole day it would be 49,000.
 */
const HOURS = 6;
const PART = HOURS * 3_600_000;

/**
 * Names the epoch, as `2026-03-02T06Z.1`: when it began, and how often keys of the agency had come in force or ended by then. The name
 * follows from the register and the clock alone, and none comes back: what a key that was revoked could open ends with its revocation.
 */
const epochAt = (at: Instant, encryptionKeys: readonly AgencyKey[]): string =>
  `${new Date(Math.floor(at / PART) * PART).toISOString().slice(0, 13)}Z.${changesUntil(at, encryptionKeys)}`;

/** `from` counts one, the end another; a key that is not in force at the end of its first moment never was. */
const changesUntil = (at: Instant, keys: readonly AgencyKey[]): number =>
  keys.filter(({ from }) => from <= at).reduce((changes, key) => changes + (isInForce(key, at) ? 1 : 2), 0);

// The forms in which a feed travels: keys for its recipient alone, items and notices under those keys (contracts.md, Envelope; ADR 0014).

export interface FeedKeyInUse {
  readonly kid: string;
  readonly epoch: string;
  /** Thumbprint of the agency's encryption key to which an announcement would be wrapped now. */
  readonly wrappedFor: string;
}

export interface FeedSealerParts {
  readonly keys: FeedKeys;
  readonly agencies: Pick<AgencyRegister, 'bySlug' | 'keysInForce'>;
  readonly identity: Pick<BrokerIdentity, 'privateKey' | 'publicJwk'>;
  /** The broker's name, as in `urn:concordat:broker:<name>`. */
  readonly name: string;
  readonly clock: Clock;
}

/** The agency has no encryption key in force: nothing can be sent to it. */
export class NoEncryptionKey extends Error {
  override readonly name = 'NoEncryptionKey';
  readonly code = 'no-encryption-key';

  constructor(agency: AgencySlug) {
    super(`${agency} has no encryption key in force: register one with \`concordat agency\`.`);
  }
}

/** Type of the JWS in which a feed key is announced. */
export const FEED_KEY_TYPE = 'concordat-feed-key+jws';

export class FeedSealer {
  readonly #parts: FeedSealerParts;
  readonly #source: string;

  constructor(parts: FeedSealerParts) {
    this.#parts = parts;
    this.#source = `urn:concordat:broker:${parts.name}`;
  }

  /**
   * What to seal with from now on; undefined where the agency has no encryption key in force or takes no part.
   * It changes with time and with the agency's keys.
   */
  keyFor(agency: AgencySlug): FeedKeyInUse | undefined {
    const { keys, agencies, clock } = this.#parts;
    const wrapping = this.#encryptionKey(agency);
    if (!wrapping) return undefined;
    const registered = agencies.bySlug(agency)?.keys ?? [];
    const epoch = epochAt(
      clock.now(),
      registered.filter(({ use }) => use === 'enc'),
    );
    return { kid: keys.of(agency, epoch).kid, epoch, wrappedFor: wrapping.kid };
  }

  /**
   * The key of that epoch, signed by the broker and wrapped to the agency's encryption key in force now. Rejects with `NoEncryptionKey`.
   */
  async announcement(agency: AgencySlug, epoch: string): Promise<FeedRecord> {
    const wrapping = this.#encryptionKey(agency);
    if (!wrapping) throw new NoEncryptionKey(agency);
    const jwk = this.#parts.keys.of(agency, epoch).jwk();
    const signed = await this.#signed({ ...jwk, aud: agency, epoch });
    const wrapped = await new CompactEncrypt(Buffer.from(signed))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: wrapping.kid, cty: 'jose' })
      .encrypt({ ...wrapping.jwk });
    return { key: announcementKey(jwk.kid), value: Buffer.from(wrapped, 'latin1') };
  }

  item(agency: AgencySlug, epoch: string, item: FeedItem): FeedRecord {
    const event = JSON.stringify(feedItemEvent(this.#source, item));
    return { key: itemKey(item.learner, keyIdOf(item.item)), value: this.#parts.keys.of(agency, epoch).seal(event) };
  }

  notice(agency: AgencySlug, epoch: string, notice: FeedNotice): FeedRecord {
    const event = JSON.stringify(feedNoticeEvent(this.#source, notice));
    return { key: noticeKey(notice.notice.noticeId), value: this.#parts.keys.of(agency, epoch).seal(event) };
  }

  duty(agency: AgencySlug, epoch: string, duty: FeedDuty): FeedRecord {
    const event = JSON.stringify(feedDutyEvent(this.#source, duty));
    return { key: dutyKey(duty.opened.dutyId), value: this.#parts.keys.of(agency, epoch).seal(event) };
  }

  /** The newest, where several are in force; none of who takes no part. */
  #encryptionKey(agency: AgencySlug): AgencyKey | undefined {
    const known = this.#parts.agencies.bySlug(agency);
    if (known && !takesPart(known)) return undefined;
    return this.#parts.agencies.keysInForce(agency, 'enc').at(-1);
  }

  async #signed(announced: Readonly<Record<string, unknown>>): Promise<string> {
    const { privateKey, publicJwk } = this.#parts.identity;
    return new CompactSign(Buffer.from(JSON.stringify(announced)))
      .setProtectedHeader({ alg: 'EdDSA', kid: publicJwk.kid, typ: FEED_KEY_TYPE, cty: 'jwk+json' })
      .sign(privateKey);
  }
}

/** The part of the sealer that messages about learners need. */
export type Sealing = Pick<FeedSealer, 'item' | 'notice' | 'duty'>;

/** One message about a learner to one recipient. */
export interface FeedMessage {
  readonly readSet: FeedReadSet;
  readonly recipient: AgencySlug;
  readonly record: FeedRecord;
  /** Of the key that sealed it; none for a tombstone. */
  readonly epoch?: string;
  /** Of the ledger before it is sent: it is not known in which form the recipient has it, if at all. */
  readonly sending: FeedLine;
  /** Of the ledger once it has arrived. */
  readonly arrived: FeedLine;
}

export interface Prepared {
  readonly messages: readonly FeedMessage[];
  /** False: some of what was decided is left out, since its recipient has lost its key. */
  readonly isWhole: boolean;
}

/** `feeds` as the decision was made on. `keyFor`: undefined where the recipient has lost its key since. */
export const prepare = (
  { readSet, changes }: FeedDisclosure,
  feeds: LearnerFeeds,
  sealing: Sealing,
  keyFor: (recipient: AgencySlug) => FeedKeyInUse | undefined,
): Prepared => {
  const messages = changes.flatMap((change) => {
    const { recipient } = change;
    const place = { learner: readSet.learner, recipient };
    const made = [...messagesToSend(change, place, sealing, keyFor(recipient)), ...tombstones(change, place, feeds.get(recipient))];
    return made.map((message) => ({ ...message, readSet, recipient }));
  });
  const isWhole = changes.every(
    ({ recipient, items, notices, overdue }) => items.length + notices.length + overdue.length === 0 || keyFor(recipient) !== undefined,
  );
  return { messages, isWhole };
};

type Made = Pick<FeedMessage, 'record' | 'epoch' | 'sending' | 'arrived'>;

/** Of a learner on one partner's feed. */
type Place = Pick<FeedLine, 'learner' | 'recipient'>;

const messagesToSend = (change: OpenedChange, place: Place, sealing: Sealing, key: FeedKeyInUse | undefined): readonly Made[] => {
  if (!key) return [];
  const { recipient, learner, localId } = change;
  const whom = { learner, ...(localId === undefined ? {} : { localId }) };
  const item = ({ revision, token, item: content }: OpenedItem): Made => {
    const id = keyIdOf(content);
    const record = sealing.item(recipient, key.epoch, { ...whom, item: content });
    const line = { ...place, revision };
    return { record, epoch: key.epoch, sending: { ...line, item: { id } }, arrived: { ...line, item: { id, token } } };
  };
  const notice = ({ notice: content, items }: OpenedNotice): Made => {
    const record = sealing.notice(recipient, key.epoch, { ...whom, notice: content, items });
    const line = { ...place, noticeId: content.noticeId };
    return { record, epoch: key.epoch, sending: { ...line, notice: {} }, arrived: { ...line, notice: { token: NOTICE_TOKEN } } };
  };
  const duty = (opened: OpenedDuty): Made => {
    const record = sealing.duty(recipient, key.epoch, { ...whom, opened });
    const line = { ...place, name: opened.duty.name };
    const { dutyId: id, token } = opened;
    return { record, epoch: key.epoch, sending: { ...line, duty: { id } }, arrived: { ...line, duty: { id, token } } };
  };
  return [...change.items.map(item), ...change.notices.map(notice), ...change.overdue.map(duty)];
};

const tombstones = ({ learner, withdraw, settled, done }: OpenedChange, place: Place, held: LedgerFeed | undefined): readonly Made[] => {
  const item = (revision: Revision): readonly Made[] => {
    const { id } = held?.items.get(revision) ?? {};
    if (id === undefined) return [];
    const line = { ...place, revision };
    return [{ record: tombstone(itemKey(learner, id)), sending: { ...line, item: { id } }, arrived: { ...line, item: undefined } }];
  };
  const notice = (noticeId: string): Made => {
    const line = { ...place, noticeId };
    return { record: tombstone(noticeKey(noticeId)), sending: { ...line, notice: {} }, arrived: { ...line, notice: undefined } };
  };
  const duty = (name: string): readonly Made[] => {
    const { id } = held?.duties.get(name) ?? {};
    if (id === undefined) return [];
    const line = { ...place, name };
    return [{ record: tombstone(dutyKey(id)), sending: { ...line, duty: { id } }, arrived: { ...line, duty: undefined } }];
  };
  return [...withdraw.flatMap(item), ...settled.map(notice), ...done.flatMap(duty)];
};
