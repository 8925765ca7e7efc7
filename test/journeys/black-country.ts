// The partnership of the journeys that are named by rows: who takes part in it, and how one asks it for a list.
import type { AgencySlug } from '#kernel';
import type { Town } from './town.ts';
import type { Townsfolk } from './townsfolk.ts';

export const BLACK_COUNTRY: readonly Townsfolk[] = [
  { slug: 'connexions-north', roles: ['connexions'], districts: ['WV1', 'WV2', 'WV3'] },
  { slug: 'connexions-south', roles: ['connexions'], districts: ['B1', 'B2', 'B3'] },
  { slug: 'bct', roles: ['provider'] },
  { slug: 'hts', roles: ['provider'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'wulfrun', roles: ['college'] },
  { slug: 'st-chads', roles: ['school'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'brookfield-yoi', roles: ['custody'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'council', roles: ['local-authority'], districts: ['WV1', 'WV2', 'WV3'] },
  { slug: 'ebp-black-country', roles: ['ebp'] },
  { slug: 'castings', roles: ['employer'] },
  { slug: 'jobcentre-wv', roles: ['jobcentre'] },
  { slug: 'childrens-services', roles: ['social-services'] },
  { slug: 'wv-partnership', roles: ['learning-partnership'] },
];

type Row = Readonly<Record<string, unknown>> & { readonly via: readonly { readonly item: string; readonly clause: string }[] };

export interface Listed {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly code?: string;
}

export interface Asking {
  /** Behind `?`. */
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 20_000;

/** GET of `/v1/<path>` as soon as its view has all that was told, whatever the status. */
export const listed = async (
  town: Town,
  { view, path = view, agency }: { readonly view: string; readonly path?: string; readonly agency: AgencySlug },
  { search = '', headers = {} }: Asking = {},
): Promise<Listed> => {
  await town.node.projections.waitFor(view, await town.node.store.head(), PATIENCE_MS);
  const authorization = `Bearer ${await town.tokenOf(agency)}`;
  const response = await fetch(`${town.server.url}/v1/${path}?${search}`, { headers: { authorization, ...headers } });
  const text = await response.text();
  const body = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Partial<Listed>) : {};
  return { rows: [], ...body, status: response.status, text, headers: response.headers };
};
