// docs/guides/http-api.md does what it says: its commands are run, in order, against the demo, and answer as it shows.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { freePort } from '../broker-process.ts';
import { toldDemo } from '../told-demo.ts';
import { compared, runSteps, type Step, stepsOf } from './guide-steps.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE_MS = 90_000;

let data: string;
let node: BrokerNode;
let server: Server;
let answers: readonly string[];
let steps: readonly Step[];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'guide-'));
  const port = String(await freePort());
  const config = parseConfig({ CONCORDAT_DATA: data, PORT: port });
  await toldDemo(config);
  node = await openNode(config);
  server = await startServer(node);
  const guide = readFileSync(join(ROOT, 'docs/guides/http-api.md'), 'utf8');
  steps = stepsOf(guide.replaceAll('http://127.0.0.1:3000', server.url).replaceAll('.concordat/demo', data));
  answers = await runSteps(steps, { cwd: ROOT, env: { ...process.env, CONCORDAT_DATA: data, PORT: port }, patienceMs: PATIENCE_MS });
}, 2 * PATIENCE_MS);

afterAll(async () => {
  await server.close();
  await node.close();
  rmSync(data, { recursive: true });
});

it('the guide to the HTTP interface shows what its commands answer', () => {
  const shown = compared(steps, answers);
  expect(shown.length).toBeGreaterThan(12);
  expect(shown.map(({ command, told }) => ({ command, answer: told }))).toEqual(
    shown.map(({ command, shown: answer }) => ({ command, answer })),
  );
});
