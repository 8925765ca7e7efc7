// Access as the application uses it: assertions in, tokens out, tokens recognised.
import type { JWK } from 'jose';
import { type AgencySlug, ok, type Result } from '#kernel';
import type { AssertionFault } from './assertion-faults.ts';
import type { BearerTokens, BrokerIdentity, LoginObserver } from './bearer-tokens.ts';
import { agencyOfAssertion, type AssertionTerms } from './client-assertions.ts';

export interface Granted {
  readonly token: string;
  readonly agency: AgencySlug;
}

export interface AccessTerms extends Omit<AssertionTerms, 'audiences'> {
  readonly observer: LoginObserver;
}

export class AccessService {
  readonly #identity: BrokerIdentity;
  readonly #tokens: BearerTokens;
  readonly #terms: AssertionTerms;
  readonly #observer: LoginObserver;

  constructor(identity: BrokerIdentity, tokens: BearerTokens, { observer, ...terms }: AccessTerms) {
    this.#identity = identity;
    this.#tokens = tokens;
    this.#observer = observer;
    this.#terms = { ...terms, audiences: [identity.issuer, this.tokenEndpoint] };
  }

  get issuer(): string {
    return this.#identity.issuer;
  }

  get tokenEndpoint(): string {
    return `${this.issuer}/oauth/token`;
  }

  get publicJwk(): JWK {
    return this.#identity.publicJwk;
  }

  /** A bearer token for the agency that made the assertion, or why it gets none. `client`: the `client_id` sent along, if any. */
  async tokenFor(assertion: string, client?: string): Promise<Result<Granted, AssertionFault>> {
    const believed = await agencyOfAssertion(assertion, this.#terms, client);
    if (!believed.ok) {
      this.#observer.refused(believed.error.code, believed.error.agency);
      return believed;
    }
    const { agency, kid } = believed.value;
    const token = await this.#tokens.issue({ agency }, kid);
    this.#observer.granted(agency, kid);
    return ok({ agency, token });
  }
}
