// A town with a learner's own page, two learners who agreed to the same, and a provider with a feed: for journeys of learners.
import { LEARNERS_OWN } from '#access';
import type { AgencyEvent, EventToSend, Receipt } from '#client';
import { type AgencySlug, fixedClock, type LearnerId } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { FeedTown } from './feed-town.ts';
import { learnerOf } from './notices-told.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';
import { assessment, consent, registration, type Town, ulnOf } from './town.ts';
import { CAST, type Townsfolk } from './townsfolk.ts';

export const PAGE = 'own-page';
export const [ULN, OTHER] = [ulnOf(1), ulnOf(2)];

const EVERYBODY: readonly Townsfolk[] = [
  ...CAST,
  { slug: PAGE, roles: ['self-service'] },
  { slug: 'stranger', roles: ['provider'] },
  { slug: 'voices', roles: ['learning-partnership'] },
];

export type Row = Readonly<Record<string, unknown>>;

export interface OwnBody {
  readonly learner: string;
  readonly [member: string]: unknown;
}

export interface OwnAnswered {
  readonly status: number;
  readonly body: OwnBody;
  readonly text: string;
}

export const outcomes = (receipts: readonly Receipt[]): readonly string[] =>
  receipts.map(({ outcome, problem }) => problem?.code ?? outcome);

export class OwnTown {
  readonly feeds: FeedTown;
  readonly ann: LearnerId;
  readonly ben: LearnerId;
  readonly #contract: ApiContract;

  private constructor(feeds: FeedTown, contract: ApiContract, [ann, ben]: readonly [LearnerId, LearnerId]) {
    this.feeds = feeds;
    this.#contract = contract;
    [this.ann, this.ben] = [ann, ben];
  }

  /** Both are advised by `careers`, which assessed them, and train with `forge`. */
  static async open(): Promise<OwnTown> {
    const feeds = await FeedTown.open({ clock: fixedClock(MORNING), cast: EVERYBODY, following: true }, ['forge']);
    const { town } = feeds;
    for (const uln of [ULN, OTHER]) {
      const referralId = `r-${uln}`;
      await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln), referral(uln, 'forge', { referralId }));
      await town.tell('careers', assessment(uln, { assessmentId: `a-${uln}` }), consent(uln, 'k-1', { recipients: ['provider'] }));
      await town.tell('forge', about(uln, 'referral.accepted', { referralId, of: 'careers' }), programme(uln, `p-${uln}`));
    }
    const described = (await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument;
    return new OwnTown(feeds, new ApiContract(described), [await learnerOf(town, ULN), await learnerOf(town, OTHER)]);
  }

  close(): Promise<void> {
    return this.feeds.close();
  }

  get town(): Town {
    return this.feeds.town;
  }

  /** Holds an answer against the document. */
  check(answered: Parameters<ApiContract['check']>[0]): void {
    this.#contract.check(answered);
  }

  /** Held against the document, whatever the status. */
  async answerTo(authorization: string, path: string, search = ''): Promise<OwnAnswered> {
    const response = await fetch(`${this.town.server.url}${path}${search}`, { headers: { authorization } });
    const text = await response.text();
    this.#contract.check({ method: 'get', path, response, text });
    return { status: response.status, body: JSON.parse(text) as OwnBody, text };
  }

  async bearerOf(learner: LearnerId): Promise<string> {
    return `Bearer ${await this.town.learnersToken(PAGE, learner)}`;
  }

  /** `GET /v1/me/<path>` of a learner who is signed in. */
  async me(path: string, search = '', learner = this.ann): Promise<OwnAnswered> {
    return this.answerTo(await this.bearerOf(learner), `/v1/me/${path}`, search);
  }

  async rows(path: string, member = 'rows', learner = this.ann): Promise<readonly Row[]> {
    return (await this.me(path, '', learner)).body[member] as readonly Row[];
  }

  /** As the page names the learner. */
  named(learner: LearnerId): string {
    return this.town.node.pseudonyms.of(LEARNERS_OWN, learner);
  }

  own(learner: LearnerId, event: EventToSend): EventToSend {
    return { ...event, subject: this.named(learner) };
  }

  /** As the page sends it: signed with its key, with the token of whoever is signed in, or with its own. */
  async act(signedIn: LearnerId | undefined, ...events: readonly EventToSend[]): Promise<readonly Receipt[]> {
    const complete = events.map((event) => this.town.event(PAGE, event));
    const jws = await this.town.jws(PAGE, complete.length === 1 ? (complete[0] as AgencyEvent) : complete);
    const authorization = signedIn === undefined ? `Bearer ${await this.town.tokenOf(PAGE)}` : await this.bearerOf(signedIn);
    const response = await this.town.post(jws, { authorization });
    return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts;
  }

  /** Types and levels of what it is shown. */
  async passportBy(agency: AgencySlug, uln = ULN): Promise<readonly (readonly [string, string])[]> {
    const { body } = await this.town.passport(agency, 'plan-learning', `uln:${uln}`);
    return (body.items ?? []).map(({ type, level }) => [type, level] as const);
  }
}
