// A server that takes the connection and never says a word, as one does that is going down, or something else that listens on its port.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { connectionOf } from '../connection-string.ts';
import { RemoteStream } from './remote-stream.ts';

const sockets = new Set<Socket>();
let silent: Server;
let remote: RemoteStream;

beforeAll(async () => {
  silent = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  remote = new RemoteStream({ connection: connectionOf(`esdb://127.0.0.1:${port}?tls=false`), stream: 'log', answerMs: 200 });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await remote.close();
});

it.each([
  ['a page', () => remote.read(0, 10)],
  ['the last entry', () => remote.last()],
  ['an append', () => remote.append([], 0)],
  ['a subscription', () => remote.follow(0, new AbortController().signal).next()],
])('nobody waits for ever for %s', async (_, ask: () => Promise<unknown>) => {
  await expect(ask()).rejects.toMatchObject({ trouble: 'unknown' });
});

it('whoever follows ends when told to', async () => {
  const ending = new AbortController();
  const following = remote.follow(0, ending.signal).next();
  ending.abort();
  await expect(following).resolves.toEqual({ done: true, value: undefined });
});
