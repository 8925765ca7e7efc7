// How journeys of lists of things ask for one: as soon as its view has all that was told, with all of the answer.
import type { AgencySlug } from '#kernel';
import type { Town } from './town.ts';

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
