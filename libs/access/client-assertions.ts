// How an agency proves who it is at the token endpoint: private_key_jwt (RFC 7523 section 3), with the stricter terms of contracts.md.
import { compactVerify, importJWK, type JWK } from 'jose';
import { type AgencySlug, type Clock, err, type Instant, ok, type Result } from '#kernel';
import {
  type AssertionClaims,
  type AssertionFault,
  type AssertionFaultCode,
  assertionFault,
  claimFault,
  isAssertionHeader,
} from './assertion-faults.ts';
import type { UsedAssertions } from './used-assertions.ts';

/** A public key as a JWK: Ed25519 or P-256. */
export interface AssertionKey {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

/** Looks a signing key up by its thumbprint that is registered and in force at that instant. */
export type SigningKeyLookup = (
  kid: string,
  at: Instant,
) => Promise<{ readonly agency: AgencySlug; readonly jwk: AssertionKey } | undefined>;

/** Reads the text of a JSON object; undefined where it is none, or names a member twice. */
export type JsonObjectReader = (bytes: Uint8Array) => Readonly<Record<string, unknown>> | undefined;

export interface AssertionTerms {
  /** What `aud` may be: the issuer, and its token endpoint. */
  readonly audiences: readonly string[];
  readonly clock: Clock;
  readonly keys: SigningKeyLookup;
  readonly json: JsonObjectReader;
  readonly used: UsedAssertions;
}

export interface Believed {
  readonly agency: AgencySlug;
  /** Thumbprint of the key that signed. */
  readonly kid: string;
}

/** The agency that made the assertion; else why it is not believed. `client`: the `client_id` sent beside it, if any. */
export const agencyOfAssertion = async (
  assertion: string,
  terms: AssertionTerms,
  client?: string,
): Promise<Result<Believed, AssertionFault>> => {
  const parts = partsOf(assertion, terms.json);
  if (!parts) return err(assertionFault('form'));
  const { header, claims } = parts;
  if (!isAssertionHeader(header)) return err(assertionFault('header'));
  const { kid } = header;
  const key = await terms.keys(kid, terms.clock.now());
  if (!key) return err(assertionFault('key'));
  const { agency, jwk } = key;
  const refused = (code: AssertionFaultCode): Result<Believed, AssertionFault> => err(assertionFault(code, agency));
  if (!(await isSignedBy(assertion, jwk))) return refused('signature');
  const fault = claimFault(claims, { agency, client, audiences: terms.audiences, now: terms.clock.now() / 1000 });
  if (fault) return refused(fault);
  const { jti, exp } = claims as AssertionClaims;
  return (await terms.used.use(agency, jti, Math.ceil(exp))) ? ok({ agency, kid }) : refused('used');
};

interface Parts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

const partsOf = (assertion: string, json: JsonObjectReader): Parts | undefined => {
  const [header, claims] = assertion.split('.').map((part) => json(Buffer.from(part, 'base64url')));
  return header && claims && { header, claims };
};

const isSignedBy = async (assertion: string, jwk: AssertionKey): Promise<boolean> => {
  try {
    const alg = jwk.kty === 'OKP' ? 'EdDSA' : 'ES256';
    await compactVerify(assertion, await importJWK({ ...jwk } as JWK, alg), { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
};
