// The forms in which a feed travels: keys for its recipient alone, items and notices under those keys (contracts.md, Envelope; ADR 0014).
import { CompactEncrypt, CompactSign } from 'jose';
import type { BrokerIdentity } from '#access';
import { type AgencyKey, type AgencyRegister, takesPart } from '#agencies';
import type { AgencySlug, Clock } from '#kernel';
import type { FeedKeys } from '#privacy';
import { epochAt } from './feed-epoch.ts';
import { type FeedItem, feedItemEvent } from './feed-item-event.ts';
import { type FeedNotice, feedNoticeEvent } from './feed-notice.ts';
import { announcementKey, type FeedRecord, itemKey, keyIdOf, noticeKey } from './feed-record.ts';

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
