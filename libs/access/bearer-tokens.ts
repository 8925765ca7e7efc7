// Bearer tokens for agencies: JWT access tokens (RFC 9068), signed by the broker, five minutes, bound to its audience.
import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, SignJWT, type CryptoKey, type JWK, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { AgencySlug, Clock } from '#kernel';

/** Who asks: the agency, and the member of its staff where the token names one. */
export interface Caller {
  readonly agency: AgencySlug;
  readonly staff?: string;
}

export interface BrokerIdentity {
  /** The issuer, which is the audience of assertions and tokens too: an absolute URL. */
  readonly issuer: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK & { readonly kid: string };
}

/** Another issuer whose tokens are believed, by configuration. Its `sub` or `agency` claim is the slug. */
export interface ExternalIssuer {
  readonly issuer: string;
  readonly jwks: URL;
}

export const TOKEN_SECONDS = 300;
const REMEMBERED_TOKENS = 10_000;

interface Remembered {
  readonly caller: Caller;
  readonly until: number;
}

/** Issues tokens and says whose a token is. A verified token is remembered until it expires, as a signature check costs 250 µs. */
export class BearerTokens {
  readonly #identity: BrokerIdentity;
  readonly #clock: Clock;
  readonly #isStopped: (agency: AgencySlug) => boolean;
  readonly #external: (ExternalIssuer & { readonly keys: JWTVerifyGetKey }) | undefined;
  readonly #remembered = new LRUCache<string, Remembered>({ max: REMEMBERED_TOKENS });

  /** `isStopped`: who takes no part has no token in force, however long ago it was issued. */
  constructor(identity: BrokerIdentity, clock: Clock, { external, isStopped = () => false }: { readonly external?: ExternalIssuer | undefined; readonly isStopped?: (agency: AgencySlug) => boolean } = {}) {
    this.#identity = identity;
    this.#clock = clock;
    this.#isStopped = isStopped;
    this.#external = external && { ...external, keys: createRemoteJWKSet(external.jwks) };
  }

  async issue(caller: Caller): Promise<string> {
    const now = Math.floor(this.#clock.now() / 1000);
    return new SignJWT({ client_id: caller.agency, ...(caller.staff === undefined ? {} : { staff: caller.staff }) })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: this.#identity.publicJwk.kid })
      .setIssuer(this.#identity.issuer)
      .setAudience(this.#identity.issuer)
      .setSubject(caller.agency)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .setJti(randomUUID())
      .sign(this.#identity.privateKey);
  }

  /** Who holds this token, or undefined where it is not valid now. */
  async callerOf(token: string): Promise<Caller | undefined> {
    const caller = await this.#holderOf(token);
    return caller && !this.#isStopped(caller.agency) ? caller : undefined;
  }

  async #holderOf(token: string): Promise<Caller | undefined> {
    const held = this.#remembered.get(token);
    if (held && held.until > this.#clock.now()) return held.caller;
    this.#remembered.delete(token);
    const verified = await this.#verify(token);
    if (verified) this.#remembered.set(token, verified);
    return verified?.caller;
  }

  async #verify(token: string): Promise<Remembered | undefined> {
    return (await this.#verifyOwn(token)) ?? (this.#external && (await this.#verifyExternal(token)));
  }

  async #verifyOwn(token: string): Promise<Remembered | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#identity.publicJwk, {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer: this.#identity.issuer,
        audience: this.#identity.issuer,
        currentDate: new Date(this.#clock.now()),
        requiredClaims: ['sub', 'exp', 'jti'],
      });
      return remembered(payload.sub, payload['staff'], payload.exp);
    } catch {
      return undefined;
    }
  }

  async #verifyExternal(token: string): Promise<Remembered | undefined> {
    if (!this.#external) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.#external.keys, {
        algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
        issuer: this.#external.issuer,
        audience: this.#identity.issuer,
        currentDate: new Date(this.#clock.now()),
        requiredClaims: ['exp'],
        maxTokenAge: TOKEN_SECONDS,
      });
      return remembered(payload['agency'] ?? payload.sub, payload['staff'], payload.exp);
    } catch {
      return undefined;
    }
  }
}

const remembered = (agency: unknown, staff: unknown, exp: number | undefined): Remembered | undefined => {
  if (typeof agency !== 'string' || exp === undefined) return undefined;
  return { caller: { agency, ...(typeof staff === 'string' ? { staff } : {}) }, until: exp * 1000 };
};
