// What a call comes to when it does not succeed: a stable code, and a sentence without personal data.

export class ClientError extends Error {
  override readonly name = 'ClientError';
  /**
   * Of the broker's problem details (RFC 9457), or `unreachable`, `not-a-broker`, `key-unusable`, `event-too-large`;
   * over Kafka also `kafka`, `no-topic`, `not-authorised`, `not-authenticated`, `no-receipt`, `forged`.
   */
  readonly code: string;
  /** HTTP status, where the broker answered. */
  readonly status: number | undefined;
  /** The problem details as they came, with members such as `clauses`. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds after which the same call may be made again. */
  readonly retryAfter: number | undefined;

  constructor(
    code: string,
    says: string,
    more: {
      readonly status?: number;
      readonly details?: Readonly<Record<string, unknown>>;
      readonly retryAfter?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(says, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = more.status;
    this.details = more.details ?? {};
    this.retryAfter = more.retryAfter;
  }
}

/** An answer of the broker that is no success. */
export const problemOf = async (response: Response): Promise<ClientError> => {
  const details = await bodyOf(response);
  const { status } = response;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ClientError(
    textIn(details, 'code') ?? `http-${status}`,
    textIn(details, 'detail') ?? `The broker answered with HTTP status ${status}.`,
    {
      status,
      details,
      ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
    },
  );
};

const bodyOf = async (response: Response): Promise<Readonly<Record<string, unknown>>> => {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const textIn = (details: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = details[name];
  return typeof value === 'string' ? value : undefined;
};
