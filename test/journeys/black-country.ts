// The partnership of which the journeys of the partners' views tell: who takes part, who the learners are, and how a list is asked for.
import { type Clock, fixedClock, type IsoDate } from '#kernel';
import { allProjectors, type AnyRow } from '#read-models';
import { about } from './told.ts';
import { registration, Town } from './town.ts';
import type { Townsfolk } from './townsfolk.ts';

const NORTH = ['WV1', 'WV2', 'WV3'];

export const BLACK_COUNTRY: readonly Townsfolk[] = [
  { slug: 'connexions-north', roles: ['connexions'], districts: NORTH },
  { slug: 'connexions-south', roles: ['connexions'], districts: ['B1', 'B2', 'B3'] },
  { slug: 'bct', roles: ['provider'] },
  { slug: 'hts', roles: ['provider'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'wulfrun', roles: ['college'] },
  { slug: 'st-chads', roles: ['school'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'brookfield-yoi', roles: ['custody'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'council', roles: ['local-authority'], districts: NORTH },
  { slug: 'ebp-black-country', roles: ['ebp'] },
  { slug: 'castings', roles: ['employer'] },
  { slug: 'jobcentre-wv', roles: ['jobcentre'] },
  { slug: 'childrens-services', roles: ['social-services'] },
  { slug: 'wv-partnership', roles: ['learning-partnership'] },
];

/** Learners by name: their ULNs. */
export const AISHA = '3104215838';
export const BEN = '3104263352';
export const CHLOE = '3104318785';
export const DEV = '3104524679';
export const EWAN = '3104572193';
export const FARAH = '3104659302';

export interface Listed {
  readonly status: number;
  readonly text: string;
  readonly rows: readonly (AnyRow & { readonly learner: string | null; readonly via: readonly { readonly clause: string }[] })[];
  readonly next?: string;
}

export class BlackCountry {
  readonly clock: Clock & { set(at: number): void };
  readonly town: Town;

  private constructor(town: Town, clock: Clock & { set(at: number): void }) {
    this.town = town;
    this.clock = clock;
  }

  static async open(on: IsoDate, environment: Readonly<Record<string, string>> = {}): Promise<BlackCountry> {
    const clock = fixedClock(Date.parse(`${on}T09:00:00Z`));
    return new BlackCountry(await Town.open({ clock, following: true, cast: BLACK_COUNTRY, environment }), clock);
  }

  /** Nine o'clock of that day. */
  day(on: IsoDate): void {
    this.clock.set(Date.parse(`${on}T09:00:00Z`));
  }

  /** On that day. */
  async tell(on: IsoDate, agency: string, ...events: Parameters<Town['tell']>[1][]): Promise<void> {
    this.day(on);
    await this.town.tell(agency, ...events);
  }

  /** The views have taken in all that was told. */
  async caughtUp(): Promise<void> {
    const { store, projections } = this.town.node;
    const head = await store.head();
    for (const { name } of allProjectors) await projections.waitFor(name, head, 10_000);
  }

  async list(agency: string, path: string, purposes: string, headers: Readonly<Record<string, string>> = {}): Promise<Listed> {
    const { server } = this.town;
    await this.caughtUp();
    const authorization = headers['authorization'] ?? `Bearer ${await this.town.tokenOf(agency)}`;
    const response = await fetch(`${server.url}/v1/${path}`, { headers: { authorization, purpose: purposes, ...headers } });
    const text = await response.text();
    const body = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Partial<Listed>) : {};
    return { rows: [], ...body, status: response.status, text };
  }

  /** What whoever has nothing to do with anybody gets of a list: the same as if there were nobody. */
  async strangers(path: string, purposes: string, agencies = ['connexions-south', 'forge', 'wulfrun']): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for (const agency of agencies) {
      const { status, rows, next } = await this.list(agency, `${path}${path.includes('?') ? '&' : '?'}limit=1`, purposes);
      found.push({ status, rows, next });
    }
    return found;
  }

  async close(): Promise<void> {
    await this.town.close();
  }
}

/** Nothing, and nothing behind it. */
export const NOBODY = Array(3).fill({ status: 200, rows: [], next: undefined });

export const registered = (uln: string, givenName: string, more: Parameters<typeof registration>[2] = {}) =>
  registration(uln, givenName.toLowerCase(), { givenName, familyName: 'Example', ...more });

export const assigned = (uln: string, name = 'Sam Hughes', role: 'personal-adviser' | 'link-adviser' = 'personal-adviser') =>
  about(uln, 'learner.adviser-assigned', { name, role });
