// The broker's published keys: what it signs (receipts, feed keys) is believed with them alone.
import { compactVerify, createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet } from 'jose';
import { ClientError } from './client-error.ts';

/** Checks what the broker signed. */
export interface BrokerKeys {
  /**
   * The JSON that a JWS of the broker holds. `typ` is what its header must call itself. Throws `ClientError`: `forged` where it is not the
   * broker's, `unreachable` where its keys could not be read.
   */
  readonly verify: (jws: string, typ: string) => Promise<unknown>;
}

const ALGORITHMS = ['EdDSA', 'ES256'];

type KeyLookup = ReturnType<typeof createLocalJWKSet> | ReturnType<typeof createRemoteJWKSet>;

/**
 * The set of a broker at `url`, read from `/.well-known/jwks.json` when first needed, and anew when it signs with a key not seen before.
 */
export const remoteBrokerKeys = (url: string): BrokerKeys =>
  checkedWith(createRemoteJWKSet(new URL(`${url.replace(/\/+$/, '')}/.well-known/jwks.json`)));

/** A set at hand, as the broker publishes it. */
export const localBrokerKeys = (keys: JSONWebKeySet): BrokerKeys => checkedWith(createLocalJWKSet(keys));

const checkedWith = (lookup: KeyLookup): BrokerKeys => ({
  verify: async (jws, typ) => {
    const { payload, protectedHeader } = await compactVerify(jws, lookup, { algorithms: ALGORITHMS }).catch((cause: unknown) => {
      throw faultOf(cause);
    });
    if (protectedHeader.typ !== typ) throw new ClientError('forged', `The broker signed this for something else than ${typ}.`);
    return JSON.parse(Buffer.from(payload).toString()) as unknown;
  },
});

const FORGED = [
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

const faultOf = (cause: unknown): ClientError =>
  FORGED.some((kind) => cause instanceof kind)
    ? new ClientError('forged', 'This does not bear a signature of the broker.', { cause })
    : new ClientError('unreachable', "The broker's keys cannot be read: start the broker, or give its address.", { cause });
