// Against a broker's wire alone: what it is asked after somebody did something, and what is made of its answers.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { BrokerClient } from '../broker/broker-client.ts';
import { OwnWrites } from './own-writes.ts';

const MINUTE = 60_000;
/** Of each request its method and path, and the least position that it asked for. */
const asked: string[] = [];
let respond: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => {
  request.resume();
  asked.push(`${request.method} ${request.url} ${String(request.headers['concordat-min-position'] ?? '-')}`);
  respond(request, response);
});
const json = (response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

let now: number;
let session: FastifyRequest['session'];
const visit = (): OwnWrites => {
  const { port } = server.address() as AddressInfo;
  return new OwnWrites({ session }, { broker: new BrokerClient(`http://127.0.0.1:${port}`), clock: () => now });
};

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());
beforeEach(() => {
  asked.length = 0;
  now = 0;
  session = {} as FastifyRequest['session'];
  respond = (_request, response) => json(response, 200, {});
});

it('asks for nothing fresher before anything was done, nor for what was only looked at', async () => {
  respond = (_request, response) => json(response, 200, { position: '7' }, { 'concordat-position': '7' });
  await visit().ask('/a', {});
  await visit().ask('/b', {});
  expect(asked).toEqual(['GET /a -', 'GET /b -']);
});

it('asks for what was done, for a minute: by the answer’s position, or positions, or its header, or by receipts', async () => {
  for (const [body, headers] of [
    [{ position: '12' }, {}],
    [{ positions: ['13', '14'] }, {}],
    [{}, { 'concordat-position': '15' }],
    [{ position: '3' }, {}],
  ] as const) {
    respond = (_request, response) => json(response, 200, body, headers);
    await visit().ask('/do', { method: 'POST' });
    await visit().ask('/see', {});
  }
  respond = (_request, response) => json(response, 200, { receipts: [{ position: '21' }, { problem: { code: 'x' } }] });
  await visit().tell('jws', 'token');
  await visit().open('/file', {});
  now = MINUTE - 1;
  await visit().ask('/see', {});
  now = MINUTE;
  await visit().ask('/see', {});
  const gets = asked.filter((one) => one.startsWith('GET'));
  expect(gets.map((one) => one.split(' ')[2])).toEqual(['12', '14', '15', '15', '21', '21', '-']);
  expect(asked.filter((one) => one.startsWith('POST /do')).every((one) => one.endsWith(' -'))).toBe(true);
});

it('shows what there is where that has not come, and waits no more on that page', async () => {
  visit().keep([{ id: 'e', source: 's', outcome: 'accepted', position: '9' }]);
  respond = ({ headers }, response) =>
    'concordat-min-position' in headers ? json(response, 503, { code: 'unavailable' }) : json(response, 200, { seen: true });
  const one = visit();
  expect(one.isBehind).toBe(false);
  expect(await one.ask('/a', {})).toEqual({ seen: true });
  expect(await one.ask('/b', {})).toEqual({ seen: true });
  expect([one.isBehind, asked]).toEqual([true, ['GET /a 9', 'GET /a -', 'GET /b -']]);
  await visit().ask('/a', {});
  expect(asked.at(-2)).toBe('GET /a 9');
});

it.each([
  [503, 'busy'],
  [403, 'not-permitted'],
])('leaves every other fault as it is: %d %s', async (status, code) => {
  visit().keep([{ id: 'e', source: 's', outcome: 'accepted', position: '9' }]);
  respond = (_request, response) => json(response, status, { code });
  const one = visit();
  await expect(one.ask('/a', {})).rejects.toMatchObject({ status, body: { code } });
  expect([one.isBehind, asked]).toEqual([false, ['GET /a 9']]);
});
