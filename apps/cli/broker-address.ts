// The broker that a command talks to over HTTP, and the agency that talks.
import { ConcordatClient, signingKeyOf } from '#client';
import type { Context } from './context.ts';
import { readJwk } from './input-files.ts';

/** The broker on this machine, on the port in force. */
export const localUrl = ({ environment: { PORT } }: Pick<Context, 'environment'>): string => `http://127.0.0.1:${PORT || '3000'}`;

export interface Connection {
  readonly agency: string;
  readonly keyFile: string;
  readonly url?: string;
}

export const connect = async (
  context: Pick<Context, 'environment'>,
  { agency, keyFile, url = localUrl(context) }: Connection,
): Promise<ConcordatClient> => new ConcordatClient({ url, agency, key: await signingKeyOf(readJwk(keyFile)) });
