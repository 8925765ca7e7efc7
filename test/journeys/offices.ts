// An issuer whose tokens about offices a town believes: for journeys in which the data manager, or an officer, asks over HTTP.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { OfficeName } from '#access';
import type { Clock } from '#kernel';

const ISSUER = 'https://identity.example';

export class Offices {
  readonly #server: Server;
  readonly #key: CryptoKey;

  private constructor(server: Server, key: CryptoKey) {
    this.#server = server;
    this.#key = key;
  }

  static async open(): Promise<Offices> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'theirs' }] });
    const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new Offices(server, privateKey);
  }

  /** Settings of a broker that believes it. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      CONCORDAT_EXTERNAL_ISSUER: ISSUER,
      CONCORDAT_EXTERNAL_JWKS: `http://127.0.0.1:${port}/jwks`,
      CONCORDAT_EXTERNAL_ASKERS: 'office',
    };
  }

  async token(office: OfficeName, clock: Clock): Promise<string> {
    const now = Math.floor(clock.now() / 1000);
    return new SignJWT({ iss: ISSUER, aud: 'http://town.example', sub: 'somebody', iat: now, exp: now + 60, office, staff_id: 'dee' })
      .setProtectedHeader({ alg: 'ES256', kid: 'theirs', typ: 'at+jwt' })
      .sign(this.#key);
  }

  close(): void {
    this.#server.close();
  }
}
