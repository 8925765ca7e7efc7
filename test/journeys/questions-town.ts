// A town in which a learner complains of a provider and asks it something on the own page, and data protection officers who ask by HTTP.
import type { JWTPayload } from 'jose';
import { LEARNERS_OWN } from '#access';
import type { EventToSend, Receipt } from '#client';
import { fixedClock, type LearnerId } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import type { Told } from './overseen-town.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';
import { CAST } from './townsfolk.ts';

export const PAGE = 'own-page';
export const ULN = ulnOf(1);
export const COMPLAINT = { complaintId: 'x-1', about: 'forge', regarding: 'my address', text: 'My old address is still there.' };
export const QUESTION = { questionId: 'q-1', about: 'forge', text: 'Why did you look?' };

type Clock = ReturnType<typeof fixedClock>;
interface Parts {
  readonly town: Town;
  readonly issuer: OtherIssuer;
  readonly contract: ApiContract;
  readonly clock: Clock;
}

export class QuestionsTown {
  readonly town: Town;
  readonly learner: LearnerId;
  readonly clock: Clock;
  /** Of the complaint and of the question. */
  readonly made: string;
  readonly asked: string;
  readonly #issuer: OtherIssuer;
  readonly #contract: ApiContract;

  private constructor({ town, issuer, contract, clock }: Parts, learner: LearnerId, [made, asked]: readonly [string, string]) {
    [this.town, this.#issuer, this.#contract, this.clock] = [town, issuer, contract, clock];
    [this.learner, this.made, this.asked] = [learner, made, asked];
  }

  static async open(): Promise<QuestionsTown> {
    const clock = fixedClock(MORNING);
    const issuer = await OtherIssuer.open(clock);
    const cast = [...CAST, { slug: PAGE, roles: ['self-service'] }] as const;
    const town = await Town.open({ clock, cast, following: true, environment: issuer.settings });
    const contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
    await town.tell('careers', registration(ULN, 'c-1'), adviser(ULN), referral(ULN, 'forge'));
    await town.tell('forge', registration(ULN, 'f-1'), programme(ULN, 'p-1'));
    const learner = await learnerIdOf(town, 'careers', `uln:${ULN}`);
    const [made] = await act(town, learner, about(ULN, 'complaint.made', COMPLAINT));
    const [asked] = await act(town, learner, about(ULN, 'question.asked', QUESTION));
    const positions = [String(made?.position), String(asked?.position)] as const;
    return new QuestionsTown({ town, issuer, contract, clock }, learner, positions);
  }

  async close(): Promise<void> {
    await this.town.close();
    this.#issuer.close();
  }

  /** Held against the document. */
  async ask(claims: JWTPayload, search = '', path = '/v1/audit/questions'): Promise<Told> {
    const { store, projections } = this.town.node;
    await projections.waitFor('threads', await store.head(), 10_000);
    return this.#answer(await this.#issuer.bearer(claims), `${path}${search}`, path);
  }

  async open(claims: JWTPayload, position: string): Promise<Told> {
    return this.#answer(await this.#issuer.bearer(claims), `/v1/audit/questions/${position}`, '/v1/audit/questions/{position}');
  }

  /** What the learner is told on the own page. */
  async me(path: string): Promise<Told> {
    return this.#answer(`Bearer ${await this.town.learnersToken(PAGE, this.learner)}`, `/v1/me/${path}`, `/v1/me/${path}`);
  }

  act(event: EventToSend): Promise<readonly Receipt[]> {
    return act(this.town, this.learner, event);
  }

  /** By day, in London. */
  at(day: string): void {
    this.clock.set(Date.parse(`${day}T09:00:00Z`));
  }

  async #answer(authorization: string, at: string, path: string): Promise<Told> {
    const response = await fetch(`${this.town.server.url}${at}`, { headers: { authorization } });
    const text = await response.text();
    this.#contract.check({ method: 'get', path, response, text });
    return { status: response.status, body: JSON.parse(text) as Told['body'] };
  }
}

/** As the page sends it: signed with its key, with the token of the learner who is signed in. */
const act = async (town: Town, learner: LearnerId, event: EventToSend): Promise<readonly Receipt[]> => {
  const own = { ...event, subject: town.node.pseudonyms.of(LEARNERS_OWN, learner) };
  const jws = await town.jws(PAGE, town.event(PAGE, own));
  const response = await town.post(jws, { authorization: `Bearer ${await town.learnersToken(PAGE, learner)}` });
  return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts;
};
