// Receipts as a JWS by the broker, so that an agency can prove what it was told.
import { CompactSign } from 'jose';
import type { BrokerIdentity } from '#access';
import type { Receipt } from '#admission';

export class ReceiptSigner {
  readonly #identity: BrokerIdentity;

  constructor(identity: BrokerIdentity) {
    this.#identity = identity;
  }

  /** JWS compact over `{receipts: […]}`; the key is published at /.well-known/jwks.json. */
  async sign(receipts: readonly Receipt[]): Promise<string> {
    return new CompactSign(Buffer.from(JSON.stringify({ receipts })))
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#identity.publicJwk.kid, cty: 'json', typ: 'concordat-receipts+jws' })
      .sign(this.#identity.privateKey);
  }
}
