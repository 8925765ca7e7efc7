// A broker that is told to stop has ended within ten seconds, whatever its clients do.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { BrokerProcess, freePort } from '../broker-process.ts';

const HEAD = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: 100\r\n';

it('ends while clients hold connections with nothing, half a header, half a body and half an answer', async () => {
  const data = mkdtempSync(join(tmpdir(), 'stop-'));
  const broker = new BrokerProcess(data, await freePort());
  await broker.start();
  const { port } = new URL(broker.url);
  const requests = ['', HEAD, `${HEAD}\r\nabc`, 'GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50)];
  for (const text of requests) {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    socket.pause().write(text);
  }
  const began = performance.now();
  await broker.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  rmSync(data, { recursive: true });
});
