// Bearer tokens: JWT access tokens (RFC 9068), five minutes, bound to the broker's audience. Its own are for agencies; those of a
// configured
// issuer may name offices and learners too.
import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { AgencySlug, Clock, Instant, LearnerId } from '#kernel';
import type { AssertionFaultCode } from './assertion-faults.ts';
import { agencyBehind, type Asker, type Caller, callerNamed, LEARNERS_OWN, type Verified } from './asker.ts';
import { type ExternalIssuer, ExternalTokens } from './external-tokens.ts';

export interface BrokerIdentity {
  /** The issuer, which is the audience of assertions and tokens too: an absolute URL. */
  readonly issuer: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK & { readonly kid: string };
}

/** Whether an agency may act now, as the register in force says; with `kid`: and that key is its signing key in force. */
export type MayAct = (agency: AgencySlug, kid?: string) => Promise<boolean>;

/** Why somebody was not let in: what is wrong with the assertion, or with the token, or that it ended before its time. */
export type LoginRefusal = AssertionFaultCode | 'token' | 'token-ended';

export interface LoginObserver {
  /** `agency`: registered, and claimed, not always proved, to be the one who logs in. */
  refused(code: LoginRefusal, agency?: AgencySlug): void;
  /** A token was given to it, for an assertion under that key. */
  granted(agency: AgencySlug, kid: string): void;
}

export interface TokenTerms {
  readonly mayAct: MayAct;
  /** Whom a learner's own pseudonym means. */
  readonly learnerOf: (pseudonym: string) => LearnerId | undefined;
  readonly observer: LoginObserver;
  readonly external?: ExternalIssuer | undefined;
}

export const TOKEN_SECONDS = 300;
const REMEMBERED_TOKENS = 10_000;

/** A learner who redeemed a code on a page (ADR 54). */
export interface LearnerSignIn {
  /** Under `LEARNERS_OWN`. */
  readonly pseudonym: string;
  /** The agency whose page it is; the token ends with its part. */
  readonly page: AgencySlug;
  readonly since: Instant;
}

/** Issues tokens and says whose a token is. A verified token is remembered until it expires, as a signature check costs 250 µs. */
export class BearerTokens {
  readonly #identity: BrokerIdentity;
  readonly #clock: Clock;
  readonly #terms: Omit<TokenTerms, 'external'>;
  readonly #external: ExternalTokens | undefined;
  readonly #remembered = new LRUCache<string, Verified>({ max: REMEMBERED_TOKENS });

  constructor(identity: BrokerIdentity, clock: Clock, { external, ...terms }: TokenTerms) {
    this.#identity = identity;
    this.#clock = clock;
    this.#terms = terms;
    this.#external = external && new ExternalTokens(external, { audience: identity.issuer, clock, seconds: TOKEN_SECONDS });
  }

  /** `kid`: the key of the assertion for which it is given; it ends with that key. */
  async issue(caller: Caller, kid?: string): Promise<string> {
    const { agency, staff } = caller;
    const claims = { client_id: agency, ...(staff === undefined ? {} : { staff }), ...(kid === undefined ? {} : { client_kid: kid }) };
    return this.#signed(claims, agency);
  }

  /** For a learner who is signed in on a page. */
  async issueToLearner({ pseudonym, page, since }: LearnerSignIn): Promise<string> {
    const claims = { client_id: page, learner: pseudonym, auth_time: Math.floor(since / 1000) };
    return this.#signed(claims, LEARNERS_OWN);
  }

  async #signed(claims: Readonly<Record<string, unknown>>, subject: string): Promise<string> {
    const now = Math.floor(this.#clock.now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: this.#identity.publicJwk.kid })
      .setIssuer(this.#identity.issuer)
      .setAudience(this.#identity.issuer)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .setJti(randomUUID())
      .sign(this.#identity.privateKey);
  }

  /** Who holds this token, or undefined where it is not good now. Rejects where the keys of another issuer cannot be had. */
  async askerOf(token: string): Promise<Asker | undefined> {
    const { mayAct, observer } = this.#terms;
    const verified = this.#held(token) ?? (await this.#verify(token));
    if (!verified) return void observer.refused('token');
    const { asker, kid, rests } = verified;
    const agency = rests ?? agencyBehind(asker);
    if (agency === undefined || (await mayAct(agency, kid))) return asker;
    // Only a key tells that the agency was registered once.
    return void observer.refused('token-ended', kid && agency);
  }

  /** Whether this token was found good before and has not expired: what it rests on is not looked at. */
  isRemembered(token: string): boolean {
    return this.#held(token) !== undefined;
  }

  #held(token: string): Verified | undefined {
    const held = this.#remembered.get(token);
    if (held && held.until > this.#clock.now()) return held;
    this.#remembered.delete(token);
    return undefined;
  }

  async #verify(token: string): Promise<Verified | undefined> {
    const verified = (await this.#verifyOwn(token)) ?? (await this.#external?.verify(token));
    if (verified) this.#remembered.set(token, verified);
    return verified;
  }

  async #verifyOwn(token: string): Promise<Verified | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#identity.publicJwk, {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer: this.#identity.issuer,
        audience: this.#identity.issuer,
        currentDate: new Date(this.#clock.now()),
        requiredClaims: ['sub', 'exp', 'jti'],
      });
      return payload.sub === LEARNERS_OWN ? this.#learnerIn(payload) : agencyIn(payload);
    } catch {
      return undefined;
    }
  }

  #learnerIn({ learner: pseudonym, client_id: page, exp = 0 }: JWTPayload): Verified | undefined {
    const learner = this.#terms.learnerOf(String(pseudonym));
    return learner === undefined ? undefined : { asker: { learner }, rests: String(page), until: exp * 1000 };
  }
}

const agencyIn = ({ sub: agency = '', staff, client_kid: kid, exp = 0 }: JWTPayload): Verified => ({
  asker: callerNamed(agency, staff),
  ...(typeof kid === 'string' ? { kid } : {}),
  until: exp * 1000,
});
