// The Black Country partnership, asked for documents about its learners: each answer is held against the interface's own document.
import type { EventToSend } from '#client';
import { replay } from '#disclosure';
import { fixedClock, type AgencySlug, type IsoDate } from '#kernel';
import { disclosureStream } from '#learner-file';
import { allDocuments } from '#read-models';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { BLACK_COUNTRY } from './black-country.ts';
import { Town } from './town.ts';

export const AISHA = '3104215838';
export const BEN = '3104263352';
export const CHLOE = '3104318785';
export const DEV = '3104524679';
/** Of nobody. */
export const NOBODY = '3104572193';

export type Entry = Readonly<Record<string, unknown>>;

export interface ToldDocument {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly body: Entry & { readonly code?: string; readonly clauses?: readonly string[] };
}

export interface Question {
  readonly uln: string;
  readonly purposes: string;
  readonly search?: string;
  readonly accept?: string;
}

export class DocumentsTown {
  readonly town: Town;
  readonly #clock: { now(): number; set(at: number): void };
  readonly #contract: ApiContract;

  private constructor(town: Town, clock: { now(): number; set(at: number): void }, contract: ApiContract) {
    this.town = town;
    this.#clock = clock;
    this.#contract = contract;
  }

  static async open(day: IsoDate): Promise<DocumentsTown> {
    const clock = fixedClock(Date.parse(`${day}T09:00:00Z`));
    const town = await Town.open({ clock, cast: [...BLACK_COUNTRY, { slug: 'own-page', roles: ['self-service'] }] });
    const described = (await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument;
    return new DocumentsTown(town, clock, new ApiContract(described));
  }

  close(): Promise<void> {
    return this.town.close();
  }

  /** The morning of that day comes. */
  comes(day: IsoDate): void {
    this.#clock.set(Math.max(this.#clock.now(), Date.parse(`${day}T09:00:00Z`)) + 1000);
  }

  /** What happens in the morning of that day. */
  async on(day: IsoDate, agency: AgencySlug, ...events: readonly EventToSend[]): Promise<void> {
    this.comes(day);
    await this.town.tell(agency, ...events);
  }

  /** Whatever the status. */
  async ask(agency: AgencySlug, name: string, { uln, purposes, search = '', accept }: Question): Promise<ToldDocument> {
    const { path } = allDocuments.find((one) => one.name === name) ?? { path: name };
    const headers = { authorization: `Bearer ${await this.town.tokenOf(agency)}`, purpose: purposes, ...(accept && { accept }) };
    const response = await fetch(`${this.town.server.url}/v1/learners/uln:${uln}/${path}${search}`, { headers });
    const text = await response.text();
    this.#contract.check({ method: 'get', path: `/v1/learners/{ref}/${path}`, response, text });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, text, headers: response.headers, body: isJson ? (JSON.parse(text) as ToldDocument['body']) : {} };
  }

  async rows(agency: AgencySlug, name: string, question: Question): Promise<readonly Entry[]> {
    const { status, body, text } = await this.ask(agency, name, question);
    if (status !== 200) throw new Error(text);
    return body['rows'] as readonly Entry[];
  }

  /** A stranger is told what it would be told of nobody. */
  async expectStrangers(name: string, uln: string, strangers: readonly AgencySlug[]): Promise<void> {
    const purposes = [...this.town.node.registers.inForce('2026-10-01').purposes].slice(0, 20).join(',');
    for (const stranger of strangers) {
      const [about, nobody] = [
        await this.ask(stranger, name, { uln, purposes }),
        await this.ask(stranger, name, { uln: NOBODY, purposes }),
      ];
      expect([about.status, about.text]).toEqual([404, nobody.text]);
    }
  }

  /** Every decision that was recorded comes out the same again; names of the documents among them. */
  async expectReplays(): Promise<void> {
    const events = (await this.town.node.store.readAll({ limit: 100_000 })).filter(({ stream }) => stream.startsWith(disclosureStream('')));
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      const again = await replay(this.town.node, event);
      expect(again?.again).toEqual(again?.recorded);
    }
  }
}
