// What the client reports, by what can be done about it.
import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/**
 * `elsewhere`: the stream is not at the expected revision; `missing`: there is no such stream; `refused`: until somebody sees to it;
 * `too-large`: more than the server takes in one append; `unsent`: it was not taken; `unknown`: it may be stored, or be stored yet.
 */
export type RemoteTrouble = 'elsewhere' | 'missing' | 'refused' | 'too-large' | 'unsent' | 'unknown';

export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure';
  readonly trouble: RemoteTrouble;
  /** Bytes that one append may have, where it is too large. */
  readonly limit: number | undefined;

  constructor(trouble: RemoteTrouble, message: string, options: ErrorOptions & { readonly limit?: number } = {}) {
    super(message, options);
    this.trouble = trouble;
    this.limit = options.limit;
  }
}

const UNSENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|No connection established|Failed to discover|Server Is Not Ready|Server Is Too Busy/;
/** gRPC: what was asked for is exhausted, such as room on the disk. */
const RESOURCE_EXHAUSTED = 8;

const KNOWN: readonly (readonly [kind: abstract new (...values: never[]) => Error, trouble: RemoteTrouble, says: string])[] = [
  [WrongExpectedVersionError, 'elsewhere', 'The stream went on.'],
  [StreamNotFoundError, 'missing', 'There is no such stream.'],
  [StreamDeletedError, 'missing', 'The stream was deleted.'],
  [AccessDeniedError, 'refused', 'KurrentDB refuses the credentials in KURRENTDB_URL.'],
  [MaxAppendSizeExceededError, 'too-large', 'KurrentDB takes no append of that size.'],
  [NotLeaderError, 'unsent', 'Another node of KurrentDB leads now.'],
];

const isUnsent = ({ code, message }: { readonly code?: unknown; readonly message?: unknown }): boolean =>
  code === RESOURCE_EXHAUSTED || UNSENT.test(String(message));

export const failureOf = (cause: unknown): RemoteFailure => {
  if (cause instanceof RemoteFailure) return cause;
  const [, trouble, says] = KNOWN.find(([kind]) => cause instanceof kind) ?? [];
  if (trouble) return new RemoteFailure(trouble, says ?? '', { cause, ...limitIn(cause) });
  return isUnsent(cause as Error)
    ? new RemoteFailure('unsent', 'KurrentDB cannot be reached, or has no room.', { cause })
    : new RemoteFailure('unknown', 'KurrentDB did not answer.', { cause });
};

const limitIn = (cause: unknown): { readonly limit?: number } =>
  cause instanceof MaxAppendSizeExceededError && cause.maxAppendSize > 0 ? { limit: cause.maxAppendSize } : {};
