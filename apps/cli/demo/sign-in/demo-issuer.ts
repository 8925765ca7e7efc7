// The issuer with which people sign in to the demo and in tests: a whole OpenID provider that asks for no password. Never for real people.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { type AccountClaims, type Configuration, Provider } from 'oidc-provider';
import { InMemory } from './in-memory.ts';
import { choosePage } from './choose-page.ts';
import type { DemoPerson } from './demo-people.ts';

export interface DemoIssuerTerms {
  readonly people: readonly DemoPerson[];
  /** Where the console is reached. */
  readonly console: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The broker's issuer: whom access tokens are for. */
  readonly audience: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const notYet: Handler = (_request, response) => void response.writeHead(503).end();
/** Less than the broker believes. */
const ACCESS_SECONDS = 240;
const SESSION_SECONDS = 8 * 3600;

/** It listens at once, so that others can be told where it is, and answers once it is told whom it is for. */
export class DemoIssuer {
  readonly url: string;
  readonly #server: Server;
  #handler: Handler = notYet;

  private constructor(url: string, server: Server) {
    this.url = url;
    this.#server = server;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#handler(request, response));
  }

  /** Port 0 takes any that is free. */
  static async listen(port: number): Promise<DemoIssuer> {
    const server = createServer();
    await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
    return new DemoIssuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  async open(terms: DemoIssuerTerms): Promise<void> {
    const provider = new Provider(this.url, await configurationOf(terms));
    const answer = provider.callback();
    this.#handler = (request, response) => {
      const uid = /^\/choose\/([\w-]+)$/.exec(request.url ?? '')?.[1];
      if (uid === undefined) void answer(request, response);
      else choose(provider, terms.people, { request, response }).catch(() => response.writeHead(400).end());
    };
  }

  /** What a broker is told of it. */
  get brokerSettings(): Readonly<Record<string, string>> {
    return {
      CONCORDAT_EXTERNAL_ISSUER: this.url,
      CONCORDAT_EXTERNAL_JWKS: `${this.url}/jwks`,
      CONCORDAT_EXTERNAL_ASKERS: 'agency,office,learner',
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((closed) => this.#server.close(() => closed()));
  }
}

const configurationOf = async ({ people, console, clientId, clientSecret, audience }: DemoIssuerTerms): Promise<Configuration> => {
  const byId = new Map(people.map((one) => [one.id, one]));
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    adapter: InMemory,
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${console}/sign-in/return`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'demo' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'records'],
    claims: { openid: ['sub'], profile: ['name', 'agency', 'office', 'staff_id', 'roles', 'learner'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const found = byId.get(id);
      const claims = (): AccountClaims => ({ sub: id, name: found?.name, ...found?.claims });
      return found && { accountId: id, claims };
    },
    extraTokenClaims: (_context, token) => ('accountId' in token && token.accountId ? { ...byId.get(token.accountId)?.claims } : {}),
    issueRefreshToken: () => true,
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(audience, 'records');
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, { uid }) => `/choose/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'records',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: ACCESS_SECONDS,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: {
      AccessToken: ACCESS_SECONDS,
      AuthorizationCode: 60,
      Interaction: 3600,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
      IdToken: 3600,
    },
  };
};

const FORM_BYTES = 4096;

const choose = async (
  provider: Provider,
  people: readonly DemoPerson[],
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> => {
  const { session } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return choosePage(response, people);
  const chosen = new URLSearchParams(await bodyOf(request)).get('person');
  const known = people.find(({ id }) => id === chosen);
  if (known === undefined) return choosePage(response, people);
  const location = await provider.interactionResult(request, response, { login: { accountId: known.id } });
  if (session !== undefined) await handOver(provider, session.uid, known.id);
  void response.writeHead(303, { location, 'content-length': 0 }).end();
};

/** Somebody else may sit there now: the session becomes theirs, where the provider would ask them to log out first, by a script. */
const handOver = async (provider: Provider, uid: string, accountId: string): Promise<void> => {
  const session = await provider.Session.findByUid(uid);
  if (session === undefined || session.accountId === accountId) return;
  session.loginAccount({ accountId });
  session.authorizations = {};
  await session.persist();
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > FORM_BYTES) throw new Error('The form is too long.');
  }
  return body;
};
