// Receipts as a JWS by the broker, so that an agency can prove what it was told.
import { KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { BrokerIdentity } from '#access';
import type { Receipt } from '#admission';

/** With a callback, Node signs off the main thread; jose would do so at half as much processor time again, most of it on this thread. */
const signElsewhere = promisify(sign);

export class ReceiptSigner {
  readonly #key: KeyObject;
  /** The protected header, base64url: the same for all. */
  readonly #header: string;

  constructor({ privateKey, publicJwk }: BrokerIdentity) {
    this.#key = KeyObject.from(privateKey);
    const header = { alg: 'EdDSA', kid: publicJwk.kid, cty: 'json', typ: 'concordat-receipts+jws' };
    this.#header = Buffer.from(JSON.stringify(header)).toString('base64url');
  }

  /** JWS compact over `{receipts: […]}`; the key is published at /.well-known/jwks.json. */
  async sign(receipts: readonly Receipt[]): Promise<string> {
    const input = `${this.#header}.${Buffer.from(JSON.stringify({ receipts })).toString('base64url')}`;
    const signature = await signElsewhere(null, Buffer.from(input, 'latin1'), this.#key);
    return `${input}.${signature.toString('base64url')}`;
  }
}
