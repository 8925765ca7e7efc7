// Clients that hold connections open, on purpose or not: real sockets, and how long each is waited for.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { Town } from './town.ts';

const REQUEST_MS = 300;

const open = async (): Promise<Town> =>
  Town.open({
    cast: [],
    environment: { CONCORDAT_REQUEST_TIMEOUT: String(REQUEST_MS), CONCORDAT_MAX_CONNECTIONS: '20', CONCORDAT_METRICS_PORT: '0' },
  });

interface Held {
  readonly socket: Socket;
  /** All that came back, once the connection is closed. */
  readonly closed: Promise<string>;
}

const hold = async (town: Town, text: string, localAddress = '127.0.0.1'): Promise<Held> => {
  const { hostname, port } = new URL(town.server.url);
  const socket = connect({ port: Number(port), host: hostname, localAddress });
  let answer = '';
  socket
    .setEncoding('utf8')
    .on('data', (part: string) => (answer += part))
    .on('error', () => undefined);
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(answer)));
  await once(socket, 'connect');
  socket.write(text);
  return { socket, closed };
};

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds()));
};

const HEAD = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: 100\r\n';

describe('a client that takes its time', () => {
  let town: Town;
  beforeAll(async () => {
    town = await open();
  });
  afterAll(() => town.close());

  it.each([
    ['with the headers', HEAD],
    ['with the body', `${HEAD}\r\nabc`],
    [
      'with the parts of the body',
      'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    ],
  ])('%s is told so and cut off', async (_what, text) => {
    const [head = '', body = ''] = (await (await hold(town, text)).closed).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 408 /);
    expect(JSON.parse(body)).toMatchObject({ code: 'request-timeout', detail: expect.stringContaining('Nothing was recorded') });
  });

  it('over many connections leaves the broker to others, once they are cut off', async () => {
    const held = await Promise.all(Array.from({ length: 40 }, () => hold(town, HEAD)));
    await Promise.all(held.map(({ closed }) => closed));
    expect((await fetch(`${town.server.url}/health/live`)).status).toBe(200);
  });
});

describe('connections', () => {
  it('are not all had by one address, but by a proxy', async () => {
    const many = async (town: Town): Promise<number> => {
      const held = await Promise.all(
        Array.from({ length: 20 }, () => hold(town, 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n', '127.0.0.2')),
      );
      const answered = await Promise.all(
        held.map(({ socket, closed }) =>
          Promise.race([
            once(socket, 'data').then(
              () => 1,
              () => 0,
            ),
            closed.then(() => 0),
          ]),
        ),
      );
      const other = await hold(town, 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '127.0.0.3');
      const answer = await other.closed;
      for (const { socket } of held) socket.destroy();
      return answered.reduce<number>((sum, one) => sum + one, 0) + (answer.startsWith('HTTP/1.1 200') ? 100 : 0);
    };
    const of = (trusted: string): Promise<Town> =>
      Town.open({ cast: [], environment: { CONCORDAT_MAX_CONNECTIONS: '20', CONCORDAT_TRUSTED_PROXIES: trusted } });
    const [direct, proxied] = [await of('none'), await of('loopback')];
    expect([await many(direct), await many(proxied)]).toEqual([110, 20]);
    await Promise.all([direct.close(), proxied.close()]);
  });
});

describe('messages under way', () => {
  it('of one address leave room for those of another', async () => {
    const town = await Town.open({ cast: [], environment: { CONCORDAT_MAX_IN_FLIGHT: '4' } });
    const held = await Promise.all(
      [1, 2].map(() => hold(town, HEAD.replace('Host: x', 'Host: x\r\nX-Forwarded-For: 203.0.113.7') + '\r\nabc')),
    );
    const post = (address: string): Promise<Response> => town.post('nonsense', { 'x-forwarded-for': address });
    await until(async () => (await post('203.0.113.7')).status === 503);
    expect(await (await post('203.0.113.7')).json()).toMatchObject({ code: 'busy', detail: expect.stringContaining('this address') });
    expect((await post('198.51.100.9')).status).toBe(400);
    for (const { socket } of held) socket.destroy();
    await until(async () => (await post('203.0.113.7')).status === 400);
    await town.close();
  });
});

describe('the figures on a port of their own', () => {
  it('are there and nowhere else, and nothing else is there', async () => {
    const town = await open();
    const url = town.server.metricsUrl ?? '';
    const there = await fetch(`${url}/metrics`);
    expect([there.status, (await there.text()).includes('concordat_log_position')]).toEqual([200, true]);
    expect((await fetch(`${town.server.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/v1/notices`)).status).toBe(404);
    const refused = await fetch(`${url}/metrics`, { method: 'POST' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    await town.close();
    await expect(fetch(`${url}/metrics`)).rejects.toThrow();
  });
});

describe('a broker that stops', () => {
  it('takes nothing more, says so, and does not wait for who holds on', async () => {
    const town = await Town.open({ cast: [] });
    const idle = await hold(town, 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(idle.socket, 'data');
    const slow = await hold(town, `${HEAD}\r\nabc`);
    const headers = await hold(town, HEAD);
    const silent = await hold(town, '');
    const began = performance.now();
    const stopped = town.close();
    expect(await idle.closed).toMatch(/^HTTP\/1.1 200 /);
    expect(performance.now() - began).toBeLessThan(4000);
    await Promise.all([slow.closed, headers.closed, silent.closed, stopped]);
    expect(performance.now() - began).toBeLessThan(9000);
  });

  it('answers a request that comes over an open connection with 503 and when to come again', async () => {
    const town = await Town.open({ cast: [] });
    const slow = await hold(town, `${HEAD}\r\nabc`);
    town.node.readiness.drain();
    const response = await fetch(`${town.server.url}/v1/notices`);
    expect([response.status, response.headers.get('retry-after'), response.headers.get('connection')]).toEqual([503, '1', 'close']);
    expect(await response.json()).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('stopping') });
    expect((await fetch(`${town.server.url}/health/live`)).status).toBe(200);
    slow.socket.destroy();
    await town.close();
  });
});
