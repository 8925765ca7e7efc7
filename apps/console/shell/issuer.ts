// Sign-in with the partnership's OpenID Connect issuer: code flow with PKCE (RFC 7636), tokens for the broker alone (RFC 8707).
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
} from 'openid-client';
import type { ConsoleSettings } from '../settings.ts';
import { type Person, personIn } from './person.ts';
import type { Begun, Tokens } from './session.ts';

/** The issuer cannot be reached, or did not accept what it was sent. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

/** Not used in its last seconds: it might end on the way. */
const MARGIN_MS = 20_000;
/** A request that began before the renewal was kept comes with the token that was used; issuers that rotate them take each once. */
const REMEMBERED_MS = 30_000;
const SCOPE = 'openid profile';

interface Answered {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  expiresIn(): number | undefined;
}

const tokensOf = (answer: Answered): Tokens => ({
  access: answer.access_token,
  until: Date.now() + (answer.expiresIn() ?? 60) * 1000 - MARGIN_MS,
  ...(answer.refresh_token !== undefined && { refresh: answer.refresh_token }),
});

export class Issuer {
  readonly #settings: ConsoleSettings;
  readonly #url: () => string;
  #found: Promise<Configuration> | undefined;
  /** Renewals under way, by the token that renews: two requests of one browser share one. */
  readonly #renewing = new Map<string, Promise<Tokens>>();

  /** `url`: of the console, once it listens. */
  constructor(settings: ConsoleSettings, url: () => string) {
    this.#settings = settings;
    this.#url = url;
  }

  /** Where accounts are kept. */
  get address(): string {
    return this.#settings.issuer;
  }

  async begin(then: string): Promise<{ readonly begun: Begun; readonly location: string }> {
    const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), then };
    const location = buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: this.#returnUrl,
      scope: SCOPE,
      resource: this.#settings.audience,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      prompt: 'login',
    });
    return { begun, location: location.href };
  }

  /** `search`: of the address that the issuer sent the browser back to. Throws `SignInFailed`. */
  async finish({ state, nonce, verifier }: Begun, search: string): Promise<{ readonly person: Person; readonly tokens: Tokens }> {
    const configuration = await this.#configuration();
    try {
      const answer = await authorizationCodeGrant(
        configuration,
        new URL(`${this.#returnUrl}${search}`),
        { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        { resource: this.#settings.audience },
      );
      const person = personIn(answer.claims() ?? {});
      if (person === undefined) throw new Error('The issuer names nobody for whom there are pages.');
      return { person, tokens: tokensOf(answer) };
    } catch (cause) {
      throw new SignInFailed('The sign-in did not come to its end.', { cause });
    }
  }

  /** As they are while they are good, or made anew. Undefined where they ended and cannot be renewed. */
  async fresh(tokens: Tokens): Promise<Tokens | undefined> {
    if (tokens.until > Date.now()) return tokens;
    const { refresh } = tokens;
    if (refresh === undefined) return undefined;
    const renewing = this.#renewing.get(refresh) ?? this.#renew(refresh);
    this.#renewing.set(refresh, renewing);
    setTimeout(() => this.#renewing.delete(refresh), REMEMBERED_MS).unref();
    return renewing.catch(() => undefined);
  }

  /** Where the issuer ends its own session; undefined where it has no such page. */
  async leaving(): Promise<string | undefined> {
    const configuration = await this.#configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${this.#url()}/signed-out` }).href;
  }

  /** An ID token that comes with them names the same person in the same roles, or the sign-in is over. */
  async #renew(refresh: string): Promise<Tokens> {
    const answer = await refreshTokenGrant(await this.#configuration(), refresh, { resource: this.#settings.audience });
    const claims = answer.claims();
    const person = claims && personIn(claims);
    if (claims !== undefined && person === undefined) throw new Error('The issuer names nobody any more for whom there are pages.');
    return { refresh, ...tokensOf(answer), ...(person && { person }) };
  }

  get #returnUrl(): string {
    return `${this.#url()}/sign-in/return`;
  }

  /** Asked for again where it could not be had. */
  async #configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const method = clientSecret === undefined ? None() : ClientSecretPost(clientSecret);
    // ID tokens come straight from the issuer; their signatures are checked all the same (ASVS 5, 6.8.2).
    const execute = [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])];
    this.#found ??= discovery(new URL(issuer), clientId, undefined, method, { execute });
    try {
      return await this.#found;
    } catch (cause) {
      this.#found = undefined;
      throw new SignInFailed('The issuer cannot be reached.', { cause });
    }
  }
}
