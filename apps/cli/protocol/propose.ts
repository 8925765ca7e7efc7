// A text proposed for the next version of an agreement: signed where the party's key lies, and sent over HTTP (ADR 65).
import { signingKeyOf } from '#client';
import { signProposal } from '#sharing-protocols';
import { readTextFile } from '#strict-text';
import { localUrl } from '../broker-address.ts';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { readJwk } from '../input-files.ts';
import { secondsNow } from '../partnership/sign-protocols.ts';
import { documentIn } from './protocol-sources.ts';
import { fetched } from './simulate.ts';

export interface ProposeOptions {
  readonly key: string;
  readonly url?: string;
  readonly json?: true;
  readonly statement?: true;
}

interface Told {
  readonly proposal: string;
  readonly positions: readonly string[];
  readonly detail?: string;
}

export const proposeText = async (context: Context, file: string, options: ProposeOptions): Promise<void> => {
  const document = documentIn(file);
  const jwk = readJwk(options.key);
  const { alg, kid } = await signingKeyOf(jwk);
  const statement = await signProposal(document, { jwk, alg, kid }, secondsNow());
  if (options.statement) return context.terminal.line(statement);
  const url = (options.url ?? localUrl(context)).replace(/\/$/, '');
  const response = await fetched(`${url}/v1/proposals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: readTextFile(file), statement }),
  });
  const told = (await response.json()) as Told;
  if (response.status !== 200) throw new Complaint(`It is not proposed: ${told.detail ?? `the broker answers ${response.status}`}`);
  if (options.json) return context.terminal.json(told);
  const name = `${document.id}@${document.version}`;
  const what = told.positions.length === 0 ? `${name} was proposed before` : `${name} is proposed`;
  context.terminal.line(`${what}, as ${told.proposal}: it waits for the data protection officer of the partnership.`);
};
