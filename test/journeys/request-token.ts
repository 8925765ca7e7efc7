// An access token as an agency gets one (RFC 7523): client credentials, signed with its registered key, at the town's own time.
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SigningKey } from '#client';
import type { AgencySlug, Instant } from '#kernel';

export interface TokenRequest {
  readonly url: string;
  readonly agency: AgencySlug;
  readonly key: SigningKey;
  readonly now: Instant;
  /** Claims instead of those that are right. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The endpoint's answer, whatever it is. */
export const postAssertion = async ({ url, agency, key, now, claims = {} }: TokenRequest): Promise<Response> => {
  const metadata = (await (await fetch(`${url}/.well-known/oauth-authorization-server`)).json()) as { readonly issuer: string };
  const iat = Math.floor(now / 1000);
  const payload = { iss: agency, sub: agency, aud: metadata.issuer, iat, exp: iat + 60, jti: randomUUID(), ...claims };
  const assertion = await new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' }).sign(key.key);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
  });
  return fetch(`${url}/oauth/token`, { method: 'POST', body });
};

export const requestToken = async (request: TokenRequest): Promise<{ readonly value: string; readonly seconds: number }> => {
  const response = await postAssertion(request);
  if (!response.ok) throw new Error(`${request.agency}: ${await response.text()}`);
  const { access_token, expires_in } = (await response.json()) as { readonly access_token: string; readonly expires_in: number };
  return { value: access_token, seconds: expires_in };
};
