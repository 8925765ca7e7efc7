// Each has its share of the broker: one agency's flood is that agency's trouble alone,
// and so is an address's from which nobody proves to come.
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { signingKeyOf } from '#client';
import { registration, Town, ulnOf } from './town.ts';

const LIMIT = 6;
let town: Town;
beforeAll(async () => {
  town = await Town.open({ environment: { CONCORDAT_RATE_LIMIT: String(LIMIT) } });
});
afterAll(() => town.close());

const times = async (count: number, ask: () => Promise<Response>): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let n = 0; n < count; n++) statuses.push((await ask()).status);
  return statuses;
};
const FLOOD = LIMIT + 3;
const flooded = (status: number): readonly number[] => Array.from({ length: FLOOD }, (_, n) => (n < LIMIT ? status : 429));

const from = (address: string): Readonly<Record<string, string>> => ({ 'x-forwarded-for': address });
const keys = (headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${town.server.url}/.well-known/jwks.json`, { headers });

let sent = 0;
const messageOf = (agency: string): Promise<string> => town.jws(agency, town.event(agency, registration(ulnOf(++sent), `s-${sent}`)));
const assertionOf = async (agency: string): Promise<Response> => {
  const { alg, kid, key } = await signingKeyOf(town.keyOf(agency).privateJwk);
  const claims = {
    iss: agency,
    sub: agency,
    aud: 'http://town.example',
    exp: Math.floor(town.node.clock.now() / 1000) + 60,
    jti: randomUUID(),
  };
  const assertion = await new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  return fetch(`${town.server.url}/oauth/token`, { method: 'POST', body });
};

describe('a flood', () => {
  it('from one address behind a proxy shuts out that address alone, and neither health nor figures', async () => {
    expect(await times(FLOOD, () => keys(from('203.0.113.7')))).toEqual(flooded(200));
    const refused = await keys(from('203.0.113.7'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests', detail: expect.stringContaining('this address') });
    expect((await keys(from('198.51.100.9'))).status).toBe(200);
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      expect(await times(FLOOD, () => fetch(`${town.server.url}${path}`, { headers: from('203.0.113.7') }))).toEqual(
        Array.from({ length: FLOOD }, () => 200),
      );
    }
  });

  it('of an address of IPv6 counts for its whole network, and of paths that are none too', async () => {
    let host = 0;
    const nothing = (): Promise<Response> =>
      fetch(`${town.server.url}/nothing`, { headers: from(`2001:db8:0:7::${(++host).toString(16)}`) });
    expect(await times(FLOOD, nothing)).toEqual(flooded(404));
    expect((await keys(from('2001:db8:0:8::1'))).status).toBe(200);
  });

  it('of messages that nobody signed shuts out nobody who signs, from another address', async () => {
    const forged = `${Buffer.from('{"alg":"EdDSA","kid":"x","cty":"cloudevents+json"}').toString('base64url')}.e30.${'A'.repeat(86)}`;
    expect(await times(FLOOD, () => town.post(forged, from('203.0.113.8')))).toEqual(flooded(401));
    expect((await town.post(await messageOf('council'), from('198.51.100.8'))).status).toBe(200);
  });

  it('of one agency’s events is refused to that agency alone, also where all come from one address', async () => {
    const messages = await Promise.all(Array.from({ length: FLOOD }, () => messageOf('careers')));
    expect(await times(FLOOD, () => town.post(messages.pop() ?? ''))).toEqual(flooded(200));
    const response = await town.post(await messageOf('careers'));
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: 'too-many-requests', detail: expect.stringContaining('your agency') });
    expect((await town.post(await messageOf('council'))).status).toBe(200);
    expect((await assertionOf('council')).status).toBe(200);
  });

  it('of one agency’s assertions and questions too, and a token that is known is not asked from where it comes', async () => {
    expect(await times(FLOOD, () => assertionOf('forge'))).toEqual(flooded(200));
    const { access_token } = (await (await assertionOf('anvil')).json()) as { readonly access_token: string };
    const ask = (): Promise<Response> => fetch(`${town.server.url}/v1/notices`, { headers: { authorization: `Bearer ${access_token}` } });
    expect((await ask()).status).toBe(200);
    await times(FLOOD, () => keys());
    expect(await times(FLOOD, ask)).toEqual(Array.from({ length: FLOOD }, (_, n) => (n < LIMIT - 2 ? 200 : 429)));
  });
});
