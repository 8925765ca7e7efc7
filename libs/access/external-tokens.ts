// Access tokens of another issuer that the operator believes (RFC 9068): of no greater age than the broker's own, for this broker alone,
// and naming no other askers than those that it is believed about.
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Clock, LearnerId } from '#kernel';
import { CLOCK_SKEW_SECONDS } from './assertion-faults.ts';
import { type Asker, callerNamed, officeNamed, type Verified } from './asker.ts';

export const ASKER_KINDS = ['agency', 'office', 'learner'] as const;
export type AskerKind = (typeof ASKER_KINDS)[number];

/**
 * Another issuer whose tokens are believed, by configuration. Who asks is one claim: `office` (as `dpo-of:forge`), `learner` (the pseudonym
 * that the broker gave the issuer), or else `agency` or `sub`, the slug; `staff_id` or `staff` names the person.
 */
export interface ExternalIssuer {
  readonly issuer: string;
  readonly jwks: URL;
  /** About whom it is believed. */
  readonly names: ReadonlySet<AskerKind>;
  /** Authentication contexts of which a token must name one (`acr`, OpenID Connect Core 2). Absent: none is asked for. */
  readonly contexts?: ReadonlySet<string> | undefined;
  /** Whom its pseudonyms of learners mean. */
  readonly learnerOf: (pseudonym: string) => LearnerId | undefined;
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
  readonly #believed: Pick<ExternalIssuer, 'names' | 'contexts' | 'learnerOf'>;
  readonly #keys: JWTVerifyGetKey;
  readonly #terms: ExternalTerms;

  constructor({ issuer, jwks, ...believed }: ExternalIssuer, terms: ExternalTerms) {
    this.#issuer = issuer;
    this.#believed = believed;
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
  #verified(claims: JWTPayload): Verified | undefined {
    const { aud, exp = 0, iat = 0, acr } = claims;
    const { contexts } = this.#believed;
    if (contexts && !contexts.has(String(acr))) return undefined;
    const asker = askerIn(claims, this.#believed);
    const until = Math.min(exp, iat + this.#terms.seconds) * 1000;
    if (asker === undefined || [aud].flat().length !== 1 || until <= this.#terms.clock.now()) return undefined;
    return { asker, until };
  }
}

type AskerIn = (claims: JWTPayload, believed: Pick<ExternalIssuer, 'learnerOf'>) => Asker | undefined;

const staffIn = ({ staff_id: id, staff = id }: JWTPayload): { readonly staff?: string } => (typeof staff === 'string' ? { staff } : {});

const ASKER_IN: Readonly<Record<AskerKind, AskerIn>> = {
  agency: ({ agency, sub, ...claims }) => {
    const slug = agency ?? sub;
    return typeof slug === 'string' ? callerNamed(slug, staffIn(claims).staff) : undefined;
  },
  office: ({ office: named, ...claims }) => {
    const office = typeof named === 'string' ? officeNamed(named) : undefined;
    return office && { office, ...staffIn(claims) };
  },
  learner: ({ learner: pseudonym }, { learnerOf }) => {
    const learner = typeof pseudonym === 'string' ? learnerOf(pseudonym) : undefined;
    return learner === undefined ? undefined : { learner };
  },
};

/** A token that names two askers, or one about whom the issuer is not believed, names nobody. */
const askerIn = (claims: JWTPayload, { names, learnerOf }: Pick<ExternalIssuer, 'names' | 'learnerOf'>): Asker | undefined => {
  const [kind = 'agency', ...more] = ASKER_KINDS.filter((one) => claims[one] !== undefined);
  return more.length > 0 || !names.has(kind) ? undefined : ASKER_IN[kind](claims, { learnerOf });
};

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
