// A town whose agencies have feeds: the real gate, ledger and sealer, over a transport that keeps in memory what a topic would keep.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compactDecrypt, compactVerify, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { publicJwkOf } from '#agencies';
import {
  type FeedDelivery,
  type FeedHealth,
  type FeedItemEvent,
  type FeedLedger,
  type FeedLimits,
  type FeedObserver,
  FeedRunner,
  FeedSealer,
  type FeedTransport,
} from '#egress';
import { SqliteFeedLedger } from '#egress/sqlite';
import type { AgencySlug, LearnerId } from '#kernel';
import { positionsBy } from './pairwise.ts';
import { Town, type TownOptions } from './town.ts';

/** What each partner's topic would hold once compacted; and every message that ever arrived. */
export class KeptFeeds implements FeedTransport {
  readonly feeds = new Map<AgencySlug, Map<string, Buffer>>();
  readonly #madeAnew = new Map<AgencySlug, number>();
  readonly arrived: { readonly recipient: AgencySlug; readonly key: string; readonly value: Buffer | null }[] = [];
  /** May hold up or refuse a batch before it arrives, or after. */
  before: (batch: readonly FeedDelivery[]) => Promise<void> = async () => undefined;
  after: (batch: readonly FeedDelivery[]) => Promise<void> = async () => undefined;

  async send(batch: readonly FeedDelivery[]): Promise<void> {
    await this.before(batch);
    for (const { recipient, records } of batch) for (const { key, value } of records) this.#keep(recipient, key, value);
    await this.after(batch);
  }

  async keys(recipient: AgencySlug): Promise<readonly string[]> {
    return [...this.of(recipient).keys()];
  }

  async ids(recipients: readonly AgencySlug[]): Promise<ReadonlyMap<AgencySlug, string>> {
    return new Map(recipients.map((recipient) => [recipient, `feed-${this.#madeAnew.get(recipient) ?? 0}`]));
  }

  async close(): Promise<void> {
    return undefined;
  }

  /** Its topic is deleted and made again: nothing is on it. */
  makeAnew(recipient: AgencySlug): void {
    this.feeds.delete(recipient);
    this.#madeAnew.set(recipient, (this.#madeAnew.get(recipient) ?? 0) + 1);
  }

  of(recipient: AgencySlug): ReadonlyMap<string, Buffer> {
    return this.feeds.get(recipient) ?? new Map();
  }

  /** As if it had been sent long ago. */
  put(recipient: AgencySlug, key: string): void {
    this.#keep(recipient, key, Buffer.from('x'));
  }

  #keep(recipient: AgencySlug, key: string, value: Buffer | null): void {
    const feed = this.feeds.get(recipient) ?? new Map<string, Buffer>();
    this.feeds.set(recipient, feed);
    if (value === null) feed.delete(key);
    else feed.set(key, value);
    this.arrived.push({ recipient, key, value });
  }
}

const KEY = 'feed-key:';

export class FeedTown {
  readonly town: Town;
  readonly kept: KeptFeeds;
  readonly failures: string[] = [];
  /** Agencies whose feeds were noticed to be made anew. */
  readonly anew: AgencySlug[] = [];
  /** Taken at the next start. */
  limits: FeedLimits | undefined;
  ledger: FeedLedger;
  runner: FeedRunner;
  readonly #privateKeys = new Map<string, CryptoKey>();
  readonly #unwrapped = new Map<string, Promise<CryptoKey | Uint8Array>>();
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  private constructor(town: Town, kept: KeptFeeds) {
    this.town = town;
    this.kept = kept;
    this.ledger = SqliteFeedLedger.open(this.ledgerFile, this.town.node.log);
    this.runner = this.#start();
  }

  static async open(options: TownOptions, readers: readonly AgencySlug[], kept = new KeptFeeds()): Promise<FeedTown> {
    const feeds = new FeedTown(await Town.open(options), kept);
    for (const reader of readers) await feeds.addKey(reader);
    return feeds;
  }

  get ledgerFile(): string {
    return join(this.town.data, 'feeds.sqlite');
  }

  /** An encryption key for an agency, as from now; gives its thumbprint. */
  async addKey(agency: AgencySlug, overlap?: number): Promise<string> {
    const pair = await generateKeyPair('ECDH-ES+A256KW', { crv: 'X25519', extractable: true });
    const jwk = publicJwkOf(await exportJWK(pair.publicKey), 'enc');
    if (!jwk.ok) throw new Error(jwk.error.code);
    const added = await this.town.node.agencies.registerKey(agency, {
      use: 'enc',
      jwk: jwk.value,
      ...(overlap === undefined ? {} : { overlap }),
    });
    if (!added.ok) throw new Error(added.error.says);
    const kid = this.town.node.agencies.keysInForce(agency, 'enc').at(-1)?.kid ?? '';
    this.#privateKeys.set(kid, pair.privateKey);
    return kid;
  }

  #start(): FeedRunner {
    const { node } = this.town;
    const { store, tail, streams, agencies, gate, inFlight, clock, identity } = node;
    const sealer = new FeedSealer({ keys: node.feedKeys, agencies, identity, name: 'town', clock });
    const observer: FeedObserver = {
      sent: () => undefined,
      failed: (code) => void this.failures.push(code),
      putAside: (error) => void this.failures.push(error),
      madeAnew: (agency) => void this.anew.push(agency),
    };
    const limits = this.limits === undefined ? {} : { limits: this.limits };
    const runner = new FeedRunner({
      store,
      tail,
      streams,
      agencies,
      gate,
      sealer,
      transport: this.kept,
      ledger: this.ledger,
      inFlight,
      clock,
      observer,
      ...limits,
    });
    node.feedsHere.toldBy(() => runner.health());
    this.#stopping = new AbortController();
    this.#running = runner.run(this.#stopping.signal);
    this.#running.catch(() => undefined);
    return runner;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running.finally(() => this.ledger.close());
  }

  /** From the same files, or what was made of them meanwhile. */
  start(): void {
    this.ledger = SqliteFeedLedger.open(this.ledgerFile, this.town.node.log);
    this.runner = this.#start();
  }

  /** All feeds are as they have to be; rejects where the runner has failed. */
  async caughtUp(): Promise<void> {
    await Promise.race([this.runner.caughtUp(), this.#running]);
  }

  async health(): Promise<FeedHealth> {
    return this.runner.health();
  }

  async close(): Promise<void> {
    await this.stop().finally(() => this.town.close());
  }

  /** What a partner reads: every item, by key. Throws where one does not open with the keys on the same feed. */
  async read(agency: AgencySlug): Promise<ReadonlyMap<string, FeedItemEvent>> {
    const items = new Map<string, FeedItemEvent>();
    for (const [name, value] of this.kept.of(agency)) if (!name.startsWith(KEY)) items.set(name, await this.open(agency, value));
    return items;
  }

  /** One item, with the keys that lie on the feed. */
  async open(agency: AgencySlug, value: Buffer): Promise<FeedItemEvent> {
    const { plaintext } = await compactDecrypt(value.toString(), async ({ kid }) => {
      const announced = this.kept.of(agency).get(KEY + String(kid));
      if (!announced) throw new Error('The key of an item is not on its feed.');
      return this.#unwrap(announced);
    });
    return JSON.parse(Buffer.from(plaintext).toString()) as FeedItemEvent;
  }

  async #unwrap(announced: Buffer): Promise<CryptoKey | Uint8Array> {
    const text = announced.toString();
    const known = this.#unwrapped.get(text) ?? this.#unwrapAnew(text);
    this.#unwrapped.set(text, known);
    return known;
  }

  async #unwrapAnew(text: string): Promise<CryptoKey | Uint8Array> {
    const { plaintext } = await compactDecrypt(text, ({ kid }) => this.#privateKeys.get(String(kid)) as CryptoKey);
    const { payload } = await compactVerify(plaintext, await importJWK(this.town.node.identity.publicJwk, 'EdDSA'));
    return importJWK(JSON.parse(Buffer.from(payload).toString()) as JWK, 'A256GCM');
  }

  /** Types and clauses of what an agency reads about a learner, one line each, in the order of the log. */
  async lines(agency: AgencySlug, learner: LearnerId): Promise<readonly string[]> {
    const subject = this.town.node.pseudonyms.of(agency, learner);
    const items = [...(await this.read(agency)).values()].filter((one) => one.subject === subject && !one.id.startsWith('duty:'));
    const positions = await positionsBy(this.town, agency, learner);
    const place = ({ id }: FeedItemEvent): number => positions.get(id.slice(subject.length + 1)) ?? 0;
    return items.sort((a, b) => place(a) - place(b)).map(lineOf);
  }

  /** Of everything that the partners read, a line: key, type, clause, status, and a digest of the whole. */
  async contents(...agencies: readonly AgencySlug[]): Promise<readonly string[]> {
    const all = await Promise.all(agencies.map((agency) => this.read(agency)));
    const digest = (item: object): string => createHash('sha256').update(JSON.stringify(item)).digest('base64url');
    return all
      .flatMap((items) => [...items].map(([key, item]) => `${key} ${item.type} ${item.protocol} ${item.status ?? ''} ${digest(item)}`))
      .sort();
  }

  /** What the same log makes of a new ledger and empty topics. */
  async afresh(...agencies: readonly AgencySlug[]): Promise<readonly string[]> {
    await this.stop();
    rmSync(this.ledgerFile);
    this.kept.feeds.clear();
    this.start();
    await this.caughtUp();
    return this.contents(...agencies);
  }

  /** Of the messages that arrived from the n-th on, keys of those that are about learners. */
  arrivedSince(count: number): readonly string[] {
    return this.kept.arrived
      .slice(count)
      .flatMap(({ recipient, key, value }) => (key.startsWith('feed-key:') ? [] : [`${recipient} ${value === null ? '-' : '+'}${key}`]));
  }
}

const lineOf = ({ type, protocol, status }: FeedItemEvent): string =>
  `${type.slice('uk.concordat.'.length, -'.v1'.length)} by ${protocol?.replace(/^.*#/, '')}${status === undefined ? '' : `, ${status}`}`;
