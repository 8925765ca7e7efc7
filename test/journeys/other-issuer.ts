// An identity provider that the operator believes about offices and learners: it signs tokens of its own, and serves its keys.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Clock } from '#kernel';

const ISSUER = 'https://identity.example';
const BROKER = 'http://town.example';

export class OtherIssuer {
  readonly #key: CryptoKey;
  readonly #keys: Server;
  readonly #clock: Clock;

  private constructor(key: CryptoKey, keys: Server, clock: Clock) {
    this.#key = key;
    this.#keys = keys;
    this.#clock = clock;
  }

  static async open(clock: Clock): Promise<OtherIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'theirs' }] });
    const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new OtherIssuer(privateKey, server, clock);
  }

  /** What a broker is told of it. */
  get settings(): Readonly<Record<string, string>> {
    const { port } = this.#keys.address() as AddressInfo;
    return {
      CONCORDAT_EXTERNAL_ISSUER: ISSUER,
      CONCORDAT_EXTERNAL_JWKS: `http://127.0.0.1:${port}/jwks`,
      CONCORDAT_EXTERNAL_ASKERS: 'office,learner',
    };
  }

  /** The value of an `Authorization` header. */
  async bearer(claims: JWTPayload): Promise<string> {
    const now = this.#clock.now() / 1000;
    const token = await new SignJWT({ iss: ISSUER, aud: BROKER, sub: 'somebody', iat: now, exp: now + 60, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'theirs', typ: 'at+jwt' })
      .sign(this.#key);
    return `Bearer ${token}`;
  }

  close(): void {
    this.#keys.close();
  }
}
