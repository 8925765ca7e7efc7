// The stand-in as a process: whoever starts it is told where it cannot begin.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../broker-process.ts';
import { KurrentProcess } from './kurrent-process.ts';

it('that finds its port taken ends, and its start is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kurrent-process-'));
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  await expect(new KurrentProcess(folder, port).start()).rejects.toThrow('before it listened');
  taken.close();
  rmSync(folder, { recursive: true });
}, 30_000);
