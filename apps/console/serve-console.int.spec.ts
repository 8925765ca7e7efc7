// What a console tells browsers before anybody is signed in, without a broker or an issuer (ASVS 5, V3, V7).
import { type RunningConsole, serveConsole } from './serve-console.ts';
import { parseConsoleSettings } from './settings.ts';

const running: RunningConsole[] = [];
const said: string[] = [];
afterAll(() => Promise.all(running.map(({ close }) => close())));

/** Nothing listens on port 1. */
const AWAY = { CONSOLE_PORT: '0', CONSOLE_BROKER_URL: 'http://127.0.0.1:1', CONSOLE_ISSUER: 'http://127.0.0.1:1' };

const started = async (more: Readonly<Record<string, string>> = {}): Promise<RunningConsole> => {
  const one = await serveConsole(parseConsoleSettings({ ...AWAY, ...more }), { tell: (line) => void said.push(line) });
  running.push(one);
  return one;
};

it('gives a cookie that scripts cannot read and other pages do not send', async () => {
  const { url } = await started();
  const cookie = (await fetch(url)).headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^concordat=/);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
  expect(cookie).toContain('Path=/');
});

it('behind TLS gives one that is bound to this host and to TLS, and says to come back by TLS alone', async () => {
  const { listens } = await started({ CONSOLE_URL: 'https://console.example' });
  const response = await fetch(listens, { headers: { 'x-forwarded-proto': 'https' } });
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^__Host-concordat=/);
  expect(cookie).toContain('Secure');
  expect(cookie).not.toContain('Domain');
  expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
});

it('says in words that sign-in cannot be had now, and nothing technical', async () => {
  const { url } = await started();
  const response = await fetch(`${url}/sign-in`, { redirect: 'manual' });
  const text = await response.text();
  expect({ status: response.status, retry: response.headers.get('retry-after') }).toEqual({ status: 503, retry: '5' });
  expect(text).toContain('We cannot show this now');
  expect(text).not.toMatch(/ECONN|127\.0\.0\.1:1|stack/);
});

it('signs nobody in who comes back from an issuer without having set out', async () => {
  const { url } = await started();
  const response = await fetch(`${url}/sign-in/return?code=x&state=y`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  const { status } = await fetch(`${url}/dpo`, { redirect: 'manual', headers: { cookie: response.headers.getSetCookie().join('; ') } });
  expect(status).toBe(303);
});

it.each([
  ['//elsewhere.example', '/'],
  ['https://elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/sign-in/return', '/'],
])('does not lead on to %s after sign-in', async (then) => {
  const { ownPath } = await import('./shell/sign-in.controller.ts');
  expect(ownPath(then)).toBe('/');
  expect(ownPath('/dpo/decisions/12?lang=en')).toBe('/dpo/decisions/12?lang=en');
});

it('gives stylesheets packed to whoever takes them packed, to be kept for good', async () => {
  const { url } = await started();
  const [, path = ''] = /href="(\/assets\/page-[^"]+\.css)"/.exec(await (await fetch(url)).text()) ?? [];
  const response = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(await response.text()).toContain('.govuk-heading-l');
  expect((await fetch(`${url}/assets/other.css`)).status).toBe(404);
});
