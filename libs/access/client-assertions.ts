// How an agency proves who it is at the token endpoint: private_key_jwt (RFC 7523 section 3), with the stricter terms of contracts.md.
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, type JWK, type JWTPayload } from 'jose';
import { type AgencySlug, type Clock, err, ok, type Result } from '#kernel';

/** A public key as a JWK: Ed25519 or P-256. */
export interface AssertionKey {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

/** Looks a registered signing key in force up by its thumbprint. */
export type SigningKeyLookup = (kid: string, at: number) => { readonly agency: AgencySlug; readonly jwk: AssertionKey } | undefined;

/** Remembers the assertions used, also across restarts: each may be used once (RFC 7523 section 3, item 7). */
export interface UsedAssertions {
  /** False where this agency has used this `jti` before. `expires` in seconds since 1970: it may be forgotten then. Rejects with `StorageError`. */
  use(agency: AgencySlug, jti: string, expires: number): Promise<boolean>;
}

export const MAX_ASSERTION_SECONDS = 300;
const ALLOWED_SKEW_SECONDS = 5;

export interface AssertionTerms {
  readonly issuer: string;
  readonly clock: Clock;
  readonly keys: SigningKeyLookup;
  readonly used: UsedAssertions;
}

/** The agency that made the assertion; else why it is not believed, in words that hold nothing of the assertion. */
export const agencyOfAssertion = async (assertion: string, terms: AssertionTerms): Promise<Result<AgencySlug, string>> => {
  const key = keyOf(assertion, terms);
  if (!key) return err('The assertion must be signed by a key in force that the agency registered, and name it by `kid`.');
  const payload = await verified(assertion, key.jwk, terms);
  if (!payload) return err('The signature, `aud` (this issuer), `exp` (in force) or algorithm (EdDSA or ES256) of the assertion is not right.');
  const fault = faultOf(payload, key.agency, terms);
  if (fault) return err(fault);
  if (!(await terms.used.use(key.agency, payload.jti as string, payload.exp as number))) {
    return err('This assertion was used before: make a new one, with a new `jti`, for each token.');
  }
  return ok(key.agency);
};

const keyOf = (assertion: string, terms: AssertionTerms): ReturnType<SigningKeyLookup> => {
  try {
    const { kid, jwk, jku, x5u } = decodeProtectedHeader(assertion);
    decodeJwt(assertion);
    if (kid === undefined || jwk !== undefined || jku !== undefined || x5u !== undefined) return undefined;
    return terms.keys(kid, terms.clock.now());
  } catch {
    return undefined;
  }
};

const verified = async (assertion: string, jwk: AssertionKey, terms: AssertionTerms): Promise<JWTPayload | undefined> => {
  try {
    const alg = jwk.kty === 'OKP' ? 'EdDSA' : 'ES256';
    const { payload } = await jwtVerify(assertion, await importJWK({ ...jwk } as JWK, alg), {
      algorithms: [alg],
      audience: terms.issuer,
      currentDate: new Date(terms.clock.now()),
      requiredClaims: ['iss', 'sub', 'aud', 'exp', 'jti'],
    });
    return payload;
  } catch {
    return undefined;
  }
};

const isName = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 200;

const faultOf = (payload: JWTPayload, agency: AgencySlug, terms: AssertionTerms): string | undefined => {
  if (payload.iss !== agency || payload.sub !== agency) return '`iss` and `sub` must both be the slug of the agency whose key signed.';
  if (Array.isArray(payload.aud)) return '`aud` must be this issuer alone.';
  if (!isName(payload.jti)) return '`jti` must be text of 1 to 200 characters.';
  const longest = Math.floor(terms.clock.now() / 1000) + MAX_ASSERTION_SECONDS + ALLOWED_SKEW_SECONDS;
  if ((payload.exp ?? Number.POSITIVE_INFINITY) > longest) return `\`exp\` must lie at most ${MAX_ASSERTION_SECONDS} seconds ahead.`;
  return undefined;
};
