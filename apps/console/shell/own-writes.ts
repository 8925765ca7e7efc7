// Whoever did something sees it on the pages that follow (contracts.md, Concordat-Min-Position; ADR 70): how far the log was with it is
// kept in the sign-in for a while, and what is asked meanwhile is asked as far at least.
import type { FastifyRequest } from 'fastify';
import type { Receipt } from '#client';
import { type Asking, type BrokerClient, BrokerProblem } from '../broker/broker-client.ts';

/** What somebody did last. */
export interface Wrote {
  /** Of the last event of it. */
  readonly position: number;
  /** Milliseconds since 1970: by then every view has it, or somebody sees to that. */
  readonly until: number;
}

const KEPT_MS = 60_000;

interface Parts {
  readonly broker: BrokerClient;
  readonly clock: () => number;
}

/** Of one request of the person's browser. */
export class OwnWrites {
  readonly #request: Pick<FastifyRequest, 'session'>;
  readonly #parts: Parts;
  #isBehind = false;

  constructor(request: Pick<FastifyRequest, 'session'>, parts: Parts) {
    this.#request = request;
    this.#parts = parts;
  }

  /** What was answered does not all have what the person did: the page says so. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** As `BrokerClient.ask`. */
  async ask(path: string, asking: Asking): Promise<unknown> {
    const response = await this.open(path, asking);
    const answer: unknown = response.status === 204 ? undefined : await response.json();
    if (!isQuestion(asking)) this.#keep([response.headers.get('concordat-position'), ...positionsIn(answer)]);
    return answer;
  }

  /**
   * As `BrokerClient.open`. The broker waits for what is behind; what has not come in that time is shown as it is, and the rest of the page
   * waits no more.
   */
  async open(path: string, asking: Asking): Promise<Response> {
    const minPosition = isQuestion(asking) ? this.#least : undefined;
    if (minPosition === undefined) return this.#parts.broker.open(path, asking);
    try {
      return await this.#parts.broker.open(path, { ...asking, minPosition });
    } catch (error) {
      if (!isNotYet(error)) throw error;
      this.#isBehind = true;
      return this.#parts.broker.open(path, asking);
    }
  }

  /** As `BrokerClient.tell`. */
  async tell(jws: string, token: string): Promise<readonly Receipt[]> {
    const receipts = await this.#parts.broker.tell(jws, token);
    this.keep(receipts);
    return receipts;
  }

  /** Of what was sent in the person's name by another way. */
  keep(receipts: readonly Receipt[]): void {
    this.#keep(receipts.map(({ position }) => position));
  }

  get #least(): number | undefined {
    const { wrote } = this.#request.session;
    return this.#isBehind || wrote === undefined || wrote.until <= this.#parts.clock() ? undefined : wrote.position;
  }

  #keep(told: readonly unknown[]): void {
    const positions = told.map((one) => Number(one ?? Number.NaN)).filter(Number.isSafeInteger);
    if (positions.length === 0) return;
    const position = Math.max(this.#request.session.wrote?.position ?? 0, ...positions);
    this.#request.session.wrote = { position, until: this.#parts.clock() + KEPT_MS };
  }
}

/** What is posted is not asked again by itself, nor need it be as far: nothing that is posted is a page of what was done. */
const isQuestion = ({ method = 'GET' }: Asking): boolean => method === 'GET';

const positionsIn = (answer: unknown): readonly unknown[] => {
  if (typeof answer !== 'object' || answer === null) return [];
  const { position, positions } = answer as { readonly position?: unknown; readonly positions?: unknown };
  return [position, positions].flat();
};

const isNotYet = (error: unknown): boolean => error instanceof BrokerProblem && error.status === 503 && error.body.code === 'unavailable';
