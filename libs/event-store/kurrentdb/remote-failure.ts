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

const NOT_CONNECTED = /No connection established/;
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

/** Of connections that do not come about, what the reader of KURRENTDB_URL can do something about. */
const UNCONNECTED: readonly (readonly [told: RegExp, trouble: RemoteTrouble, says: string])[] = [
  [
    /certificate/,
    'refused',
    'KurrentDB shows a certificate that is not trusted: let tlsCAFile in KURRENTDB_URL name the file of the authority that signed it, and the host be as it says.',
  ],
  [/wrong version number/, 'refused', 'KurrentDB does not answer over TLS: if it runs without, set tls=false in KURRENTDB_URL.'],
  [/Failed to connect/, 'unsent', 'KurrentDB breaks the connection off: if KURRENTDB_URL is without TLS, it may have to say tls=true.'],
];

const isUnsent = ({ code, message }: { readonly code?: unknown; readonly message?: unknown }): boolean =>
  code === RESOURCE_EXHAUSTED || UNSENT.test(String(message));

export const failureOf = (cause: unknown): RemoteFailure => {
  if (cause instanceof RemoteFailure) return cause;
  const [, trouble, says] = KNOWN.find(([kind]) => cause instanceof kind) ?? unconnected(cause as Error) ?? [];
  if (trouble) return new RemoteFailure(trouble, says ?? '', { cause, ...limitIn(cause) });
  return isUnsent(cause as Error)
    ? new RemoteFailure('unsent', 'KurrentDB cannot be reached, or has no room.', { cause })
    : new RemoteFailure('unknown', 'KurrentDB did not answer.', { cause });
};

const unconnected = ({ message }: { readonly message?: unknown }): (typeof UNCONNECTED)[number] | undefined =>
  NOT_CONNECTED.test(String(message)) ? UNCONNECTED.find(([told]) => told.test(String(message))) : undefined;

const limitIn = (cause: unknown): { readonly limit?: number } =>
  cause instanceof MaxAppendSizeExceededError && cause.maxAppendSize > 0 ? { limit: cause.maxAppendSize } : {};
