// A small town for journeys: a real broker on real files, agencies with real keys, all shipped protocols signed and in force.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgencyEvent,
  type EventToSend,
  generateSigningKey,
  type KeyPair,
  type Receipt,
  signingKeyOf,
  signEvents,
  toEvent,
} from '#client';
import { LEARNERS_OWN } from '#access';
import { type AgencySlug, type Clock, type Instant, type LearnerId, systemClock } from '#kernel';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { requestToken } from './request-token.ts';
import { CAST, register, signAll, type Townsfolk } from './townsfolk.ts';

export interface TownOptions {
  readonly clock?: Clock;
  readonly data?: string;
  readonly cast?: readonly Townsfolk[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Keeps views and does what follows from events, as a broker does that serves. */
  readonly following?: boolean;
  /** Told who was let in and who was not; nobody where it is left out. */
  readonly logins?: (line: object) => void;
  /** Of whom in the cast keys are known; others get new ones. */
  readonly keys?: ReadonlyMap<AgencySlug, KeyPair>;
}

export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly body: {
    readonly items?: readonly SeenItem[];
    readonly clauses?: readonly string[];
    readonly code?: string;
    readonly next?: string;
    readonly learner?: string;
  };
  readonly headers: Headers;
}

export interface SeenItem {
  readonly id: string;
  readonly type: string;
  readonly clause: string;
  readonly level: string;
  readonly position?: string;
  readonly source: string;
  readonly category: string;
  readonly purpose?: string;
  readonly status?: string;
  readonly confirmed?: false;
  readonly basis: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const nodeIn = async (
  data: string,
  { clock = systemClock, environment = {}, following = false, logins }: TownOptions,
): Promise<BrokerNode> =>
  openNode(parseConfig({ CONCORDAT_DATA: data, PORT: '0', CONCORDAT_ISSUER: 'http://town.example', ...environment }), {
    clock,
    projecting: following,
    reacting: following,
    ...(logins && { logins }),
  });

export class Town {
  readonly data: string;
  readonly node: BrokerNode;
  readonly server: Server;
  readonly keys: ReadonlyMap<AgencySlug, KeyPair>;
  readonly #tokens = new Map<AgencySlug, { readonly value: string; readonly until: Instant }>();

  private constructor(
    data: string,
    node: BrokerNode,
    { server, keys }: { readonly server: Server; readonly keys: ReadonlyMap<AgencySlug, KeyPair> },
  ) {
    this.data = data;
    this.node = node;
    this.server = server;
    this.keys = keys;
  }

  static async open({ data = mkdtempSync(join(tmpdir(), 'town-')), cast = CAST, ...options }: TownOptions = {}): Promise<Town> {
    const node = await nodeIn(data, options);
    const keys = new Map<AgencySlug, KeyPair>();
    for (const { slug } of cast) keys.set(slug, options.keys?.get(slug) ?? (await generateSigningKey('EdDSA')));
    for (const folk of cast) await register(node, folk, keys);
    await signAll(node, keys);
    return new Town(data, node, { server: await startServer(node), keys });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.node.close();
    rmSync(this.data, { recursive: true });
  }

  async jws(agency: AgencySlug, events: AgencyEvent | readonly AgencyEvent[]): Promise<string> {
    return signEvents(events, await signingKeyOf(this.keyOf(agency).privateJwk));
  }

  /** In full, told now by the town's clock. */
  event(agency: AgencySlug, event: EventToSend): AgencyEvent {
    return toEvent(agency, { time: new Date(this.node.clock.now()).toISOString(), ...event });
  }

  /** One signed message over HTTP, with its sender's token; receipts in order. */
  async send(agency: AgencySlug, ...events: readonly EventToSend[]): Promise<readonly Receipt[]> {
    const complete = events.map((event) => this.event(agency, event));
    const jws = await this.jws(agency, complete.length === 1 ? (complete[0] as AgencyEvent) : complete);
    const response = await this.post(jws, { authorization: `Bearer ${await this.#senderToken(agency, complete)}` });
    return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts;
  }

  /** On the learner's own page the learner is signed in who is spoken of. */
  async #senderToken(agency: AgencySlug, [first]: readonly AgencyEvent[]): Promise<string> {
    const { agencies, namedLearners } = this.node;
    const isPage = agencies.bySlug(agency)?.roles.includes('self-service') === true;
    if (!isPage || first?.subject === undefined) return this.tokenOf(agency);
    const named = await namedLearners.find({ agency, ref: first.subject });
    return named.ok ? this.learnersToken(agency, named.value) : this.tokenOf(agency);
  }

  /** Of a learner who is signed in on a page now. */
  async learnersToken(page: AgencySlug, learner: LearnerId): Promise<string> {
    const { tokens, pseudonyms, clock } = this.node;
    return tokens.issueToLearner({ pseudonym: pseudonyms.of(LEARNERS_OWN, learner), page, since: clock.now() });
  }

  /** The same; throws unless all are accepted. */
  async tell(agency: AgencySlug, ...events: readonly EventToSend[]): Promise<readonly Receipt[]> {
    const receipts = await this.send(agency, ...events);
    const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
    if (wrong) throw new Error(`${agency}: ${JSON.stringify(wrong)}`);
    return receipts;
  }

  async post(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose', ...headers },
      body: body as string,
    });
  }

  /** A token in force by the town's clock. */
  async tokenOf(agency: AgencySlug): Promise<string> {
    const now = this.node.clock.now();
    const held = this.#tokens.get(agency);
    if (held && held.until > now) return held.value;
    const { value, seconds } = await requestToken({
      url: this.server.url,
      agency,
      key: await signingKeyOf(this.keyOf(agency).privateJwk),
      now,
    });
    this.#tokens.set(agency, { value, until: now + seconds * 500 });
    return value;
  }

  /** GET of `/v1/learners/<ref>/<query>`, whatever the status. */
  async read(agency: AgencySlug, purpose: string | undefined, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const authorization = `Bearer ${await this.tokenOf(agency)}`;
    const response = await fetch(`${this.server.url}/v1/learners/${path}`, {
      headers: { authorization, ...(purpose === undefined ? {} : { purpose }), ...headers },
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as Seen['body'], headers: response.headers };
  }

  async passport(agency: AgencySlug, purpose: string, ref: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
    return this.read(agency, purpose, `${encodeURIComponent(ref)}/passport`, headers);
  }

  keyOf(agency: AgencySlug): KeyPair {
    const key = this.keys.get(agency);
    if (!key) throw new Error(`${agency} is not of this town.`);
    return key;
  }
}

// ULN: ten digits, the first not zero, the weighted sum 10 modulo 11 (contracts.md).
/** A valid ULN for a number from 0 on; numbers whose check digit would be 10 are passed over. */
export const ulnOf = (n: number): string => {
  for (let base = 100_000_000 + n * 7; ; base++) {
    const sum = [...String(base)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0) % 11;
    if (sum !== 0) return `${base}${10 - sum}`;
  }
};

let told = 0;
/** An id that no other event of the run has. */
export const fresh = (kind: string): string => `${kind}-${++told}`;

export const registration = (
  uln: string,
  localId: string,
  more: Partial<Extract<EventToSend, { type: 'learner.registered' }>['data']> = {},
): EventToSend => ({
  type: 'learner.registered',
  subject: `uln:${uln}`,
  data: { localId, uln, givenName: 'Sam', familyName: `Example-${localId}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA', ...more },
});

type AssessmentData = Extract<EventToSend, { type: 'assessment.recorded' }>['data'];

export const assessment = (uln: string, more: Partial<AssessmentData> = {}): EventToSend => ({
  type: 'assessment.recorded',
  subject: `uln:${uln}`,
  data: {
    assessmentId: fresh('a'),
    framework: 'initial',
    domain: 'literacy',
    instrument: 'BSA',
    assessedOn: '2026-09-01',
    assessor: { name: 'Assessor', role: 'adviser' },
    outcome: { level: 'entry-3', summary: 'Reads well.' },
    ...more,
  },
});

type ConsentData = Extract<EventToSend, { type: 'consent.given' }>['data'];

export const consent = (uln: string, consentId: string, more: Partial<ConsentData> = {}): EventToSend => ({
  type: 'consent.given',
  subject: `uln:${uln}`,
  data: {
    consentId,
    protocol: 'e2e-passport',
    purposes: ['plan-learning'],
    categories: ['assessment'],
    recipients: ['connexions', 'provider', 'college'],
    givenBy: 'learner',
    method: 'online',
    notice: { id: 'e2e', version: '1', language: 'en' },
    validFrom: '2026-01-01',
    ...more,
  },
});
