// A broker that serves says who was let in and who was not (OWASP ASVS 16.3.1); one that tests open says nothing of itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { Town } from './town.ts';

it('tells a refused log-in on its own output', async () => {
  const data = mkdtempSync(join(tmpdir(), 'logins-'));
  const broker = new BrokerProcess(data, await freePort());
  await broker.start();
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'nobody',
  });
  expect((await fetch(`${broker.url}/oauth/token`, { method: 'POST', body })).status).toBe(401);
  await broker.stop();
  expect(broker.printed).toContain('[Access]');
  expect(broker.printed).toContain('refused');
  rmSync(data, { recursive: true });
});

it('tells those whom it is given to, and prints none by itself', async () => {
  const lines: object[] = [];
  const written = jest.spyOn(process.stdout, 'write');
  const town = await Town.open({ logins: (line) => void lines.push(line) });
  const quiet = await Town.open();
  await town.tokenOf('careers');
  await quiet.tokenOf('careers');
  expect(lines).toEqual([{ granted: 'token', agency: 'careers', kid: town.keyOf('careers').kid }]);
  expect(written.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('[Access]'))).toEqual([]);
  written.mockRestore();
  await town.close();
  await quiet.close();
});
