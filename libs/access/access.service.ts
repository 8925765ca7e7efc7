// Access as the application uses it: assertions in, tokens out, tokens recognised.
import type { JWK } from 'jose';
import { type Clock, ok, type Result } from '#kernel';
import type { BearerTokens, BrokerIdentity } from './bearer-tokens.ts';
import { agencyOfAssertion, type SigningKeyLookup, type UsedAssertions } from './client-assertions.ts';

export class AccessService {
  readonly #identity: BrokerIdentity;
  readonly #tokens: BearerTokens;
  readonly #terms: { readonly issuer: string; readonly clock: Clock; readonly keys: SigningKeyLookup; readonly used: UsedAssertions };

  constructor(identity: BrokerIdentity, tokens: BearerTokens, terms: { readonly clock: Clock; readonly keys: SigningKeyLookup; readonly used: UsedAssertions }) {
    this.#identity = identity;
    this.#tokens = tokens;
    this.#terms = { ...terms, issuer: identity.issuer };
  }

  get issuer(): string {
    return this.#identity.issuer;
  }

  get publicJwk(): JWK {
    return this.#identity.publicJwk;
  }

  /** A bearer token for the agency that made the assertion, or why it gets none. */
  async tokenFor(assertion: string): Promise<Result<string, string>> {
    const agency = await agencyOfAssertion(assertion, this.#terms);
    return agency.ok ? ok(await this.#tokens.issue({ agency: agency.value })) : agency;
  }
}
