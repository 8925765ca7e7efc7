// The broker's public HTTP interface, as the person who is signed in: the console knows nothing that this does not answer.
import type { Receipt } from '#client';

/** What the broker answers a refusal with (RFC 9457). */
export interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
  /** Clauses one of which would have to hold, as `protocol@version#clause`. */
  readonly clauses?: readonly string[];
  readonly parameter?: string;
}

interface Circumstances {
  readonly purposes?: readonly string[];
  readonly retryAfter?: number | undefined;
  readonly serves?: readonly string[] | undefined;
}

export class BrokerProblem extends Error {
  override readonly name = 'BrokerProblem';
  readonly status: number;
  readonly body: ProblemBody;
  /** For which it was asked. */
  readonly purposes: readonly string[];
  /** Seconds after which to try again, where the broker says so. */
  readonly retryAfter: number | undefined;
  /** For which what was asked can be seen at all, by whomever; undefined where whoever asked does not say. */
  readonly serves: readonly string[] | undefined;

  constructor(status: number, body: ProblemBody, { purposes = [], retryAfter, serves }: Circumstances = {}) {
    super(body.code ?? `answered ${status}`);
    this.status = status;
    this.body = body;
    this.purposes = purposes;
    this.retryAfter = retryAfter;
    this.serves = serves;
  }
}

/** The same fault of something that is seen for these purposes alone: what else its clauses are for helps nobody. */
export const servingOnly = (error: unknown, serves: readonly string[]): unknown => {
  if (!(error instanceof BrokerProblem)) return error;
  const { status, body, purposes, retryAfter } = error;
  return new BrokerProblem(status, body, { purposes, retryAfter, serves });
};

export class BrokerAway extends Error {
  override readonly name = 'BrokerAway';
}

export type SearchValue = string | number | undefined;

export interface Asking {
  /** Absent of what is public. */
  readonly token?: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Those without a value are left out. */
  readonly search?: Readonly<Record<string, SearchValue>>;
  readonly purposes?: readonly string[];
  /** Why whole contents are asked for, where that is asked for. */
  readonly reason?: string;
  readonly accept?: string;
  /** So long the broker may work before it answers that it goes on (RFC 7240). Seconds. */
  readonly wait?: number;
  /** The answer rests on the log up to there at least; 503 where that is not to be had now. */
  readonly minPosition?: number;
  readonly body?: unknown;
  /** A signed text, sent as it is (`application/jose`) and without a token: it says by itself whose it is. */
  readonly signed?: string;
}

const TIMEOUT_MS = 30_000;

export class BrokerClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The answer as JSON. Throws `BrokerProblem`, `BrokerAway`. */
  async ask(path: string, asking: Asking): Promise<unknown> {
    const response = await this.open(path, asking);
    return response.status === 204 ? undefined : response.json();
  }

  /** What is public: in nobody's name. Throws as `ask` does. */
  async askInTheOpen(path: string): Promise<unknown> {
    return (await this.open(path, {})).json();
  }

  /** One signed message, with the token of whoever it speaks for. Throws as `ask` does. */
  async tell(jws: string, token: string): Promise<readonly Receipt[]> {
    const response = await fetch(`${this.#url}/v1/events`, {
      method: 'POST',
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, 'content-type': 'application/jose' },
      body: jws,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new BrokerAway('The broker does not answer.', { cause });
    });
    if (!response.ok) throw await problemOf(response);
    return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts;
  }

  /** The answer as it comes, for files. Throws as `ask` does. */
  async open(path: string, asking: Asking): Promise<Response> {
    const { method = 'GET', body, signed } = asking;
    const sent = signed ?? (body === undefined ? undefined : JSON.stringify(body));
    const search = searchOf(asking.search ?? {});
    const response = await fetch(`${this.#url}${path}${search}`, {
      method,
      headers: headersOf(asking),
      ...(sent !== undefined && { body: sent }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new BrokerAway('The broker does not answer.', { cause });
    });
    if (!response.ok) throw await problemOf(response, asking.purposes);
    return response;
  }
}

const searchOf = (given: Readonly<Record<string, SearchValue>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined && value !== '') search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
};

const headersOf = ({
  token,
  purposes = [],
  reason,
  accept = 'application/json',
  minPosition,
  wait,
  ...sent
}: Asking): Record<string, string> => ({
  accept,
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(purposes.length > 0 && { purpose: purposes.join(', ') }),
  ...(reason !== undefined && { 'concordat-reason': reason }),
  ...(wait !== undefined && { prefer: `wait=${wait}` }),
  ...(minPosition !== undefined && { 'concordat-min-position': String(minPosition) }),
  ...typeOf(sent),
});

const typeOf = ({ body, signed }: Pick<Asking, 'body' | 'signed'>): Record<string, string> => ({
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(signed !== undefined && { 'content-type': 'application/jose' }),
});

const problemOf = async (response: Response, purposes: readonly string[] = []): Promise<BrokerProblem> => {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
  return new BrokerProblem(response.status, await problemIn(response), { purposes, retryAfter });
};

const problemIn = async (response: Response): Promise<ProblemBody> => {
  try {
    return (await response.json()) as ProblemBody;
  } catch {
    return {};
  }
};
