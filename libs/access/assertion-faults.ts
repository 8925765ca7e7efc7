// Why an assertion is not believed (RFC 7523 section 3, RFC 8725 section 3), with what to do about it. Sentences quote nothing of the
// assertion.
import type { JWTPayload } from 'jose';
import type { AgencySlug } from '#kernel';

export const ASSERTION_FAULTS = {
  form: 'The assertion must be a JWT in compact form: header and claims are JSON objects that name each member once.',
  header:
    'The header of the assertion needs `alg` (EdDSA or ES256) and `kid`, may have `typ` (JWT), and must have no other key, `crit`, `b64` or `cty`.',
  key: 'The assertion must be signed by a key in force that the agency registered, and name it by `kid`, its RFC 7638 thumbprint.',
  signature:
    'The signature of the assertion does not fit the key that `kid` names: sign with that key, EdDSA for Ed25519 and ES256 for P-256.',
  party: '`iss` and `sub` must both be the slug of the agency whose key signed; so must `client_id`, where it is sent.',
  aud: '`aud` must be this broker alone: the `issuer` or the `token_endpoint` of /.well-known/oauth-authorization-server, as it stands there.',
  exp: '`exp` must be there, in seconds since 1970.',
  'exp-past': '`exp` is past: sign a new assertion for each token, `exp` 60 seconds ahead, and see that the clock of the machine is right.',
  'exp-far': '`exp` must lie at most 300 seconds ahead: set it 60 seconds ahead, and see that the clock of the machine is right.',
  nbf: '`nbf` must be a time in seconds since 1970 that has come: leave it out, or see that the clock of the machine is right (10 seconds are allowed).',
  iat: '`iat` must be a time in seconds since 1970 that has come: leave it out, or see that the clock of the machine is right (10 seconds are allowed).',
  'iat-past': '`iat` is more than 300 seconds past: sign a new assertion for each token, and see that the clock of the machine is right.',
  jti: '`jti` must be text of 1 to 200 characters.',
  used: 'This assertion was used before: make a new one, with a new `jti`, for each token.',
} as const;

export type AssertionFaultCode = keyof typeof ASSERTION_FAULTS;

export interface AssertionFault {
  readonly code: AssertionFaultCode;
  readonly says: string;
  /** Whose key `kid` names: who it claims to be by, proved or not. */
  readonly agency?: AgencySlug;
}

export const assertionFault = (code: AssertionFaultCode, agency?: AgencySlug): AssertionFault => ({
  code,
  says: ASSERTION_FAULTS[code],
  ...(agency === undefined ? {} : { agency }),
});

/** Names as RFC 7515 section 4.1.9 shortens them; the last is what the successor of RFC 7523 asks for. */
const TYPES: ReadonlySet<string> = new Set([
  'jwt',
  'application/jwt',
  'client-authentication+jwt',
  'application/client-authentication+jwt',
]);
const UNWANTED = ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit', 'b64', 'cty'];

type Members = Readonly<Record<string, unknown>>;

const isKnownType = (typ: unknown): boolean => typ === undefined || (typeof typ === 'string' && TYPES.has(typ.toLowerCase()));

/** A key is looked up by `kid` alone; a signed event, which has `cty`, is no assertion. */
export const isAssertionHeader = (header: Members): header is Members & { readonly kid: string } =>
  (header['alg'] === 'EdDSA' || header['alg'] === 'ES256') &&
  typeof header['kid'] === 'string' &&
  isKnownType(header['typ']) &&
  !UNWANTED.some((name) => Object.hasOwn(header, name));

/** In seconds. */
export const MAX_ASSERTION_SECONDS = 300;
/** How far the clocks of an agency and of the broker may differ (FAPI 2.0 section 5.3.2.1): never for what has ended. */
export const CLOCK_SKEW_SECONDS = 10;

export interface ClaimTerms {
  readonly agency: AgencySlug;
  /** As the form beside the assertion names it, where it does. */
  readonly client?: string | undefined;
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
}

export interface AssertionClaims extends JWTPayload {
  readonly exp: number;
  readonly jti: string;
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isAhead = (value: unknown, now: number): boolean => value !== undefined && !(isTime(value) && value <= now + CLOCK_SKEW_SECONDS);

/** RFC 7519 section 4.1.3 lets one audience stand alone or as the only one of a list. */
const isFor = (aud: unknown, audiences: readonly string[]): boolean => {
  const [only, ...others] = [aud].flat() as readonly unknown[];
  return others.length === 0 && typeof only === 'string' && audiences.includes(only);
};

/** In this order; the first that holds refuses the assertion. */
const refusals: readonly (readonly [AssertionFaultCode, (claims: JWTPayload, terms: ClaimTerms) => boolean])[] = [
  ['party', ({ iss, sub }, { agency, client = agency }) => [iss, sub, client].some((one) => one !== agency)],
  ['aud', ({ aud }, { audiences }) => !isFor(aud, audiences)],
  ['exp', ({ exp }) => !isTime(exp)],
  ['exp-past', ({ exp = 0 }, { now }) => exp <= now],
  ['exp-far', ({ exp = 0 }, { now }) => exp > now + MAX_ASSERTION_SECONDS + CLOCK_SKEW_SECONDS],
  ['nbf', ({ nbf }, { now }) => isAhead(nbf, now)],
  ['iat', ({ iat }, { now }) => isAhead(iat, now)],
  ['iat-past', ({ iat = Infinity }, { now }) => iat < now - MAX_ASSERTION_SECONDS - CLOCK_SKEW_SECONDS],
  ['jti', ({ jti }) => typeof jti !== 'string' || jti.length === 0 || jti.length > 200],
];

export const claimFault = (claims: JWTPayload, terms: ClaimTerms): AssertionFaultCode | undefined =>
  refusals.find(([, refuses]) => refuses(claims, terms))?.[0];
