// Whoever is given other roles, or none, while signed in: the pages of the former roles are gone as soon as the issuer says so (ADR 72;
// ASVS 5, 7.2.4 and 7.4.2).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type RunningConsole, serveConsole } from '../../apps/console/serve-console.ts';
import { parseConsoleSettings } from '../../apps/console/settings.ts';
import { PlainVisitor } from './plain-visitor.ts';

const CLIENT = 'concordat-console';
const ADMINISTRATOR = { sub: 'pat', name: 'Pat', agency: 'forge', staff_id: 'pat', roles: ['administrator'] };
const ADVISER = { ...ADMINISTRATOR, roles: ['key-worker'] };
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });

/** An issuer whose access tokens are over at once, so that each page asks for another. */
let named: JWTPayload = ADMINISTRATOR;
let nonce: string | undefined;
let renewals = 0;
/** What the broker was sent, or asked for with the agency's key. */
let sent: string[] = [];
let keys: string;
let others: Server;
let issuer: string;
let pages: RunningConsole;

const idToken = async (): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: issuer, aud: CLIENT, iat: now, exp: now + 60, nonce, ...named };
  nonce = undefined;
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
};

const IN_FORCE = { id: 'reuse', version: 1, title: 'Reuse', status: 'in-force', parties: [{ agency: 'forge' }] };
const REUSE = {
  ...{ id: 'reuse', version: 1, title: 'Reuse', why: 'Nobody is assessed twice.' },
  purposes: [{ id: 'plan-learning', sentence: { en: 'to plan', cy: 'cynllunio' } }],
  flows: [
    { says: 'Providers see it.', share: [{ category: 'apir', consent: 'needed' }], to: [{ roles: ['provider'] }], for: ['plan-learning'] },
  ],
};

const answerTo = async (url: URL): Promise<object | undefined> => {
  if (url.pathname === '/.well-known/openid-configuration')
    return {
      ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'] },
    };
  if (url.pathname === '/jwks') return { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
  if (url.pathname === '/token')
    return { access_token: 'a', token_type: 'bearer', expires_in: 1, refresh_token: `r-${renewals++}`, id_token: await idToken() };
  // The broker, as far as these pages ask it.
  if (url.pathname === '/v1/protocols/reuse/1') return { document: REUSE };
  return url.pathname.startsWith('/v1/') ? { protocols: [IN_FORCE], agencies: [], proposals: [] } : undefined;
};

beforeAll(async () => {
  others = createServer((request, response) => {
    const url = new URL(request.url ?? '', issuer);
    if (request.method === 'POST' && url.pathname !== '/token') sent.push(url.pathname);
    if (url.pathname === '/authorize') {
      nonce = url.searchParams.get('nonce') ?? undefined;
      const back = `${url.searchParams.get('redirect_uri')}?code=c&state=${url.searchParams.get('state')}`;
      return void response.writeHead(303, { location: back }).end();
    }
    void answerTo(url).then((body) =>
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {})),
    );
  });
  await new Promise<void>((listening) => void others.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
  keys = mkdtempSync(join(tmpdir(), 'concordat-roles-'));
  writeFileSync(join(keys, 'forge.json'), JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'forge-1', alg: 'ES256' }), {
    mode: 0o600,
  });
  const address = { CONSOLE_PORT: '0', CONSOLE_BROKER_URL: issuer, CONSOLE_ISSUER: issuer, CONSOLE_CLIENT_ID: CLIENT };
  const settings = { ...address, CONSOLE_KEYS: keys };
  pages = await serveConsole(parseConsoleSettings(settings));
});
afterAll(async () => {
  await pages.close();
  others.closeAllConnections();
  others.close();
  rmSync(keys, { recursive: true });
});
beforeEach(() => {
  named = ADMINISTRATOR;
  sent = [];
});

const signedIn = async (): Promise<PlainVisitor> => {
  const visitor = new PlainVisitor(pages.url);
  expect((await visitor.open('/sign-in?then=/agreements')).status).toBe(200);
  return visitor;
};
const asked = async (visitor: PlainVisitor): Promise<readonly (number | string | null)[]> => {
  const response = await visitor.once('/agreements');
  return [response.status, response.headers.get('location')];
};

it('goes on in the same roles', async () => {
  const visitor = await signedIn();
  named = { ...ADMINISTRATOR, name: 'Pat Other' };
  expect(await asked(visitor)).toEqual([200, null]);
});

it.each([
  ['other roles', { roles: ['key-worker'] }],
  ['another agency', { agency: 'anvil' }],
  ['nobody whom there are pages for', { agency: undefined }],
])('is over as soon as the issuer names %s, and begins anew with those', async (_whom, change) => {
  const visitor = await signedIn();
  named = { ...ADMINISTRATOR, ...change };
  expect(await asked(visitor)).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
  // Nothing of the former sign-in is left.
  expect((await visitor.once('/agency')).headers.get('location')).toMatch(/^\/sign-in/);
});

it('nothing is signed for somebody whose roles changed between check and sending', async () => {
  named = ADVISER;
  const visitor = await signedIn();
  await visitor.open('/staff/consent/new/reuse');
  const answered = { learner: 'F-1', categories: 'apir', recipients: 'provider', givenBy: 'learner', method: 'signed-form', answer: 'yes' };
  expect((await visitor.open('/staff/consent/new/reuse', answered)).html).toContain('The learner says yes');
  named = { ...ADVISER, roles: ['planner'] };
  const response = await visitor.once('/staff/consent/send', {});
  expect([response.headers.get('location'), sent]).toEqual(['/sign-in', []]);
});
