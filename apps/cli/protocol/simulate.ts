// A simulation as an officer asks for it over HTTP: begun, waited for, and told in sentences.
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readTextFile } from '#strict-text';
import { localUrl } from '../broker-address.ts';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { documentIn } from './protocol-sources.ts';

export interface SimulateOptions {
  readonly token: string;
  readonly url?: string;
  readonly json?: true;
}

type Counts = Readonly<Record<'gained' | 'lost' | 'otherwise', number>>;
interface Told {
  readonly version: number;
  readonly against: number | null;
  readonly learners: number;
  readonly roles: readonly { readonly role: string; readonly learners: Counts; readonly disclosures: Counts }[];
  readonly examples: readonly Readonly<Record<'learner' | 'recipient' | 'change' | 'item' | 'purpose' | 'clause', string>>[];
}
interface Runs {
  readonly done: number;
  readonly of: number;
}

const NAMED = /^([^@]+)@([1-9]\d{0,8})$/;

export const simulateDraft = async (context: Context, named: string, options: SimulateOptions): Promise<void> => {
  const { id, body } = askedFor(named);
  const url = (options.url ?? localUrl(context)).replace(/\/$/, '');
  const headers = { authorization: `Bearer ${readTextFile(options.token).trim()}`, 'content-type': 'application/json' };
  let response = await fetched(`${url}/v1/protocols/${encodeURIComponent(id)}/simulate`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  while (response.status === 202) {
    const { done, of } = (await response.json()) as Runs;
    context.terminal.note(`Looked at ${done} of ${of} learners.`);
    await delay(Number(response.headers.get('retry-after') ?? 1) * 1000);
    response = await fetched(`${url}${response.headers.get('location') ?? ''}`, { headers });
  }
  const told = (await response.json()) as Told & { readonly detail?: string };
  if (response.status !== 200) throw new Complaint(`It is not simulated: ${told.detail ?? `the broker answers ${response.status}`}`);
  if (options.json) context.terminal.json(told);
  else context.terminal.lines(sentencesOf(id, told));
};

const askedFor = (named: string): { readonly id: string; readonly body: object } => {
  if (existsSync(named)) return { id: documentIn(named).id, body: { document: readTextFile(named) } };
  const [, id, version] = NAMED.exec(named) ?? [];
  if (id === undefined) throw misuse(`${named} is no file, and names no version, as e2e-passport@2 does.`);
  return { id, body: { version: Number(version) } };
};

/** Throws `Complaint` where nobody answers. */
export const fetched = async (...[url, init]: Parameters<typeof fetch>): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new Complaint('The broker does not answer: is it there, and is --url right?', { cause });
  }
};

const sentencesOf = (id: string, { version, against, learners, roles, examples }: Told): readonly string[] => [
  `${id}@${version} against ${against === null ? 'nothing, for none is in force' : `${id}@${against}`}, of ${learners} learners:`,
  ...(roles.length === 0 ? ['Nobody would be shown anything else.'] : roles.flatMap(linesOf)),
  ...examples.map(
    (one) =>
      `  as ${one.recipient} of ${one.learner}: ${one.item} is ${WORDS[one.change] ?? one.change} for ${one.purpose} by ${one.clause}`,
  ),
];

const WORDS: Readonly<Record<string, string>> = { gained: 'gained', lost: 'lost', otherwise: 'shown otherwise' };

const linesOf = ({ role, learners, disclosures }: Told['roles'][number]): readonly string[] =>
  (['gained', 'lost', 'otherwise'] as const).flatMap((change) =>
    disclosures[change] === 0 ? [] : [`${role}: ${disclosures[change]} disclosures of ${learners[change]} learners ${WORDS[change]}`],
  );
