// Access tokens of another issuer that the operator believes (RFC 9068): of no greater age than the broker's own, for this broker alone.
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#kernel';
import { CLOCK_SKEW_SECONDS } from './assertion-faults.ts';
import { callerNamed, type Verified } from './caller.ts';

/** Another issuer whose tokens are believed, by configuration. Its `sub` or `agency` claim is the slug. */
export interface ExternalIssuer {
  readonly issuer: string;
  readonly jwks: URL;
}

export interface ExternalTerms {
  readonly audience: string;
  readonly clock: Clock;
  /** Greatest age. */
  readonly seconds: number;
}

/** The keys of the other issuer cannot be had: whoever holds a token of it can do nothing about that. */
export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
}

export class ExternalTokens {
  readonly #issuer: string;
  readonly #keys: JWTVerifyGetKey;
  readonly #terms: ExternalTerms;

  constructor({ issuer, jwks }: ExternalIssuer, terms: ExternalTerms) {
    this.#issuer = issuer;
    this.#keys = createRemoteJWKSet(jwks);
    this.#terms = terms;
  }

  /** Undefined where the token is not good now; rejects with `IssuerUnreachable`. */
  async verify(token: string): Promise<Verified | undefined> {
    const { audience, clock, seconds } = this.#terms;
    if (issuerIn(token) !== this.#issuer) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
        typ: 'at+jwt',
        issuer: this.#issuer,
        audience,
        currentDate: new Date(clock.now()),
        requiredClaims: ['exp', 'iat'],
        maxTokenAge: seconds,
        clockTolerance: CLOCK_SKEW_SECONDS,
      });
      return this.#verified(payload);
    } catch (cause) {
      if (isOutage(cause)) throw new IssuerUnreachable('The keys of the other issuer cannot be fetched.', { cause });
      return undefined;
    }
  }

  /** The tolerance is for clocks that are ahead, never for a token that has ended; and it ages while it is remembered. */
  #verified({ aud, agency: named, sub, staff, exp = 0, iat = 0 }: JWTPayload): Verified | undefined {
    const agency = named ?? sub;
    const until = Math.min(exp, iat + this.#terms.seconds) * 1000;
    if (typeof agency !== 'string' || [aud].flat().length !== 1 || until <= this.#terms.clock.now()) return undefined;
    return { caller: callerNamed(agency, staff), until };
  }
}

/** Whose it claims to be: the keys are not asked for on behalf of any other. */
const issuerIn = (token: string): string | undefined => {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
};

const ABOUT_THE_KEYS: ReadonlySet<string> = new Set([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

/** jose tells of an answer that is no key set by its own errors, of a network that is down by those of fetch. */
const isOutage = (cause: unknown): boolean => !(cause instanceof errors.JOSEError) || ABOUT_THE_KEYS.has(cause.code);
