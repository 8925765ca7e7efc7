// A broker as one agency uses it over HTTP (contracts.md, HTTP): send events, get receipts, ask queries.
import type { AgencySlug } from '#kernel';
import { type AgencyEvent, batchesOf } from './agency-event.ts';
import { ClientError, problemOf } from './client-error.ts';
import { chunksOf, fileNameOf, Patience } from './exported-file.ts';
import type { SigningKey } from './keys.ts';
import type { Receipt } from './receipt.ts';
import { retried, type Retrying } from './retry.ts';
import { signAssertion, signEvents } from './signing.ts';

export interface ClientOptions {
  /** Of the broker, as `https://broker.example`. */
  readonly url: string;
  readonly agency: AgencySlug;
  readonly key: SigningKey;
  readonly fetch?: typeof globalThis.fetch;
  /** How often `send` tries again where the broker is busy or away. */
  readonly retrying?: Retrying;
  /** After which a request counts as unanswered, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
}

export interface Query {
  /** Ids of purposes of the protocols, as `plan-learning`; at least one, save for routes that ask for none. */
  readonly purposes: readonly string[];
  /** The answer is to rest on nothing older than this position. */
  readonly minPosition?: string;
}

/** A list as a file, while it comes. */
export interface ExportedFile {
  /** As the broker names it: `<view>-<on>-<position>.csv`. */
  readonly name: string;
  /** Throws `ClientError` where it breaks off: what came is then no whole file. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

interface Metadata {
  readonly issuer: string;
  readonly token_endpoint: string;
}

interface Token {
  readonly value: string;
  readonly until: number;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** A token is not used in its last seconds: it might expire on the way. */
const MARGIN_MS = 10_000;
const TIMEOUT_MS = 60_000;

/** One agency at one broker, over HTTP. */
export class ConcordatClient {
  readonly #url: string;
  readonly #options: ClientOptions;
  #metadata: Metadata | undefined;
  #token: Token | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#url = options.url.replace(/\/+$/, '');
  }

  /**
   * Signs and posts the events, as batches where there are several, one after the other. A receipt for each, in their order: all are
   * on the broker's disk. Where the broker is busy (429), unavailable (503) or does not answer, the same is sent again, a bounded number
   * of times: whatever it recorded already is met with its first receipt. The agency's token goes with them, since receipts tell of
   * learners and of what exists already to nobody else. Throws `ClientError`; everything may then be sent again.
   */
  async send(events: readonly AgencyEvent[]): Promise<readonly Receipt[]> {
    const receipts: Receipt[] = [];
    for (const batch of batchesOf(events)) receipts.push(...(await this.#post(batch)));
    return receipts;
  }

  async #post(batch: readonly AgencyEvent[]): Promise<readonly Receipt[]> {
    const [only, ...others] = batch;
    const body = await signEvents(only !== undefined && others.length === 0 ? only : batch, this.#options.key);
    return retried(async () => {
      const headers = { 'content-type': 'application/jose', authorization: `Bearer ${await this.token()}` };
      const response = await this.#call(`${this.#url}/v1/events`, { method: 'POST', headers, body });
      return (await bodyOf<{ readonly receipts: readonly Receipt[] }>(response)).receipts;
    }, this.#options.retrying);
  }

  /** A bearer token, from the broker or as still held. */
  async token(): Promise<string> {
    if (this.#token && this.#token.until > Date.now()) return this.#token.value;
    const { issuer, token_endpoint } = (this.#metadata ??= await this.#readMetadata());
    const { agency, key } = this.#options;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await signAssertion(agency, issuer, key),
    });
    const response = await this.#call(token_endpoint, { method: 'POST', body });
    const { access_token, expires_in } = (await response.json()) as { readonly access_token: string; readonly expires_in: number };
    this.#token = { value: access_token, until: Date.now() + expires_in * 1000 - MARGIN_MS };
    return access_token;
  }

  /** GET of a path such as `/v1/learners/uln:…/passport`; the body, parsed. Throws `ClientError`: 403 has `details.clauses`. */
  async query(path: string, query: Query): Promise<unknown> {
    const response = await this.#call(`${this.#url}${path}`, { headers: await this.#headersOf(query) });
    return response.json();
  }

  /**
   * A list such as `/v1/caseload?state=ended` as CSV, all pages of it, chunk by chunk: it is never held whole. Throws `ClientError`, also
   * where nothing more comes for as long as a request may take.
   */
  async export(path: string, query: Query): Promise<ExportedFile> {
    const patience = new Patience(this.#options.timeoutMs ?? TIMEOUT_MS);
    try {
      const headers = { ...(await this.#headersOf(query)), accept: 'text/csv' };
      const response = await this.#call(`${this.#url}${path}`, { headers, signal: patience.signal });
      return { name: fileNameOf(response), chunks: chunksOf(response, patience) };
    } catch (cause) {
      patience.end();
      throw cause;
    }
  }

  /**
   * The agency's own pseudonym for a learner, so that no ULN need stand in a URL.
   * Throws `ClientError`: 404 where it may know of nobody by that reference.
   */
  async lookUp(ref: string, query: Query): Promise<string> {
    const headers = { ...(await this.#headersOf(query)), 'content-type': 'application/json' };
    const response = await this.#call(`${this.#url}/v1/learners/lookup`, { method: 'POST', headers, body: JSON.stringify({ ref }) });
    return (await bodyOf<{ readonly learner: string }>(response)).learner;
  }

  async #headersOf({ purposes, minPosition }: Query): Promise<Readonly<Record<string, string>>> {
    return {
      authorization: `Bearer ${await this.token()}`,
      ...(purposes.length === 0 ? {} : { purpose: purposes.join(', ') }),
      ...(minPosition === undefined ? {} : { 'concordat-min-position': minPosition }),
    };
  }

  async #readMetadata(): Promise<Metadata> {
    const response = await this.#call(`${this.#url}/.well-known/oauth-authorization-server`, {});
    const metadata = (await response.json().catch(() => ({}))) as Partial<Metadata>;
    const { issuer, token_endpoint } = metadata;
    if (issuer === undefined || token_endpoint === undefined) throw new ClientError('not-a-broker', `${this.#url} is no Concordat broker.`);
    return { issuer, token_endpoint };
  }

  async #call(url: string, request: RequestInit): Promise<Response> {
    const { fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS } = this.#options;
    let response: Response;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), ...request });
    } catch (cause) {
      throw new ClientError('unreachable', `No broker answers at ${new URL(url).origin}: start it, or give its address.`, { cause });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

/** Parsed; an answer that broke off on the way counts as none. */
const bodyOf = async <Body>(response: Response): Promise<Body> => {
  try {
    return (await response.json()) as Body;
  } catch (cause) {
    throw new ClientError('unreachable', "The broker's answer broke off: send the same again.", { cause });
  }
};
