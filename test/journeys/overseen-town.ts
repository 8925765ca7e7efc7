// A town in which a consent is given, relied on once and withdrawn two days later, and data protection officers who ask by HTTP.
import type { JWTPayload } from 'jose';
import { fixedClock, type LearnerId } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { about, adviser, DAY, MORNING, programme, referral } from './told.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';

export interface Officer extends JWTPayload {
  readonly office: string;
}

export const PARTNERSHIPS: Officer = { office: 'dpo-partnership', staff_id: 'olu' };
export const CAREERS: Officer = { office: 'dpo-of:careers' };
export const FORGE: Officer = { office: 'dpo-of:forge' };
/** Of an agency that has nothing to do with the learner. */
export const STRANGER: Officer = { office: 'dpo-of:anvil' };
export const MANAGER: Officer = { office: 'data-manager' };
export const K1 = 'careers/k-1';

export type Body = Readonly<Record<string, unknown>>;
export interface Told {
  readonly status: number;
  readonly body: Body;
}

interface Story {
  readonly learner: LearnerId;
  /** Positions of the consent, of the one disclosure that relied on it, and of its withdrawal. */
  readonly given: string;
  readonly shownAt: string;
  readonly withdrawn: string;
}

const [uln, other] = [ulnOf(1), ulnOf(2)];

export class OverseenTown {
  readonly uln = uln;
  readonly subject = `uln:${uln}`;
  readonly town: Town;
  readonly story: Story;
  readonly #issuer: OtherIssuer;
  readonly #contract: ApiContract;

  private constructor(town: Town, story: Story, { issuer, contract }: { readonly issuer: OtherIssuer; readonly contract: ApiContract }) {
    this.town = town;
    this.story = story;
    this.#issuer = issuer;
    this.#contract = contract;
  }

  static async open(more: Readonly<Record<string, string>> = {}): Promise<OverseenTown> {
    const clock = fixedClock(MORNING);
    const issuer = await OtherIssuer.open(clock);
    const town = await Town.open({ clock, following: true, environment: { ...issuer.settings, ...more } });
    const contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
    return new OverseenTown(town, await happen(town, clock), { issuer, contract });
  }

  async close(): Promise<void> {
    await this.town.close();
    this.#issuer.close();
  }

  /** As the document has it; `path` is its template. */
  async ask(claims: JWTPayload, at: string, path: string, body?: object): Promise<Told> {
    const headers = { authorization: await this.bearer(claims), ...(body && { 'content-type': 'application/json' }) };
    const method = body === undefined ? 'get' : 'post';
    const response = await fetch(`${this.town.server.url}${at}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    this.#contract.check({ method, path, response, text });
    return { status: response.status, body: JSON.parse(text) as Body };
  }

  bearer(claims: JWTPayload): Promise<string> {
    return this.#issuer.bearer(claims);
  }

  /** The office's pseudonym for the learner. */
  psn({ office }: Officer = PARTNERSHIPS): string {
    return this.town.node.pseudonyms.of(`operator:${office}`, this.story.learner);
  }

  /** As the office names the learner. */
  refOf(claims: Officer): string {
    return claims === PARTNERSHIPS ? this.psn() : encodeURIComponent(this.subject);
  }

  /** Of offices and others at what lies beside the record, as the learner sees them. */
  async looks(): Promise<readonly (readonly [unknown, unknown])[]> {
    const { learner } = this.story;
    const answer = await this.town.node.gate.audit({ asker: { learner }, learner, parameters: {} });
    if (answer.outcome !== 'answered') throw new Error('A learner sees who looked.');
    return answer.told.filter(({ route }) => route === 'look').map(({ recipient, asked }) => [recipient, asked] as const);
  }
}

const passportBy = async (town: Town, agency: string): Promise<string> => {
  const headers = { authorization: `Bearer ${await town.tokenOf(agency)}`, purpose: 'plan-learning' };
  const response = await fetch(`${town.server.url}/v1/learners/uln:${uln}/passport`, { headers });
  return response.headers.get('concordat-position') ?? '';
};

const happen = async (town: Town, clock: ReturnType<typeof fixedClock>): Promise<Story> => {
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'), assessment(uln));
  const k1 = consent(uln, 'k-1', { evidence: 'Form 12, in the safe', expires: '2027-06-30' });
  const [began] = await town.tell('careers', { ...k1, id: 'message-of-k-1' });
  await town.tell('forge', programme(uln, 'p-1'));
  await town.tell('careers-south', registration(other, 'c-2'), consent(other, 'k-2'));
  const learner = await learnerIdOf(town, 'careers', `uln:${uln}`);
  const shownAt = await passportBy(town, 'forge');
  await passportBy(town, 'anvil');
  clock.set(MORNING + 2 * DAY);
  const [ended] = await town.tell('careers', about(uln, 'consent.withdrawn', { consentId: 'k-1', by: 'Sam, on the phone' }));
  await passportBy(town, 'forge');
  const head = await town.node.store.head();
  for (const view of ['consents', 'flows', 'ties', 'notices', 'unusual-access']) await town.node.projections.waitFor(view, head, 10_000);
  return { learner, given: String(began?.position), shownAt, withdrawn: String(ended?.position) };
};
