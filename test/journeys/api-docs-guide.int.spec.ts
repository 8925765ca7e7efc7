// docs/guides/http-api.md does what it says: its commands are run, in order, against the demo, and answer as it shows.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { makeDemo } from '../../apps/cli/demo/make-demo.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WILD = '…';
const MARK = '@@ end of step @@';

interface Step {
  readonly command: string;
  /** What the guide shows below it, and in which form. */
  readonly shows?: { readonly form: 'json' | 'text'; readonly text: string };
}

/** Fenced blocks in order; what follows a command before the next is what it answers. */
const stepsOf = (guide: string): readonly Step[] => {
  const blocks = [...guide.matchAll(/^```(sh|json|text)\n([\s\S]*?)^```$/gm)].map(([, form = '', content = '']) => ({ form, content }));
  return blocks.flatMap(({ form, content }, place) => {
    if (form !== 'sh') return [];
    const next = blocks[place + 1];
    return [{ command: content, ...(next === undefined || next.form === 'sh' ? {} : { shows: { form: next.form as 'json' | 'text', text: next.content } }) }];
  });
};

const matches = (shown: string, told: string): boolean =>
  new RegExp(`^${shown.split(WILD).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`).test(told);

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is told, with everything that the guide leaves open replaced by `…`. */
const asShown = (shown: unknown, told: unknown): unknown => {
  if (shown === WILD) return WILD;
  if (typeof shown === 'string') return matches(shown, String(told)) ? shown : told;
  if (Array.isArray(shown)) return Array.isArray(told) ? told.map((one, place) => asShown(shown[place], one)) : told;
  return isObject(shown) && isObject(told) ? membersAsShown(shown, told) : told;
};

/** A member named `…` stands for any that are not shown. */
const membersAsShown = (shown: Members, told: Members): Members => {
  const open = WILD in shown;
  const members = Object.entries(told).filter(([name]) => !open || name in shown);
  return { ...Object.fromEntries(members.map(([name, value]) => [name, asShown(shown[name], value)])), ...(open ? { [WILD]: WILD } : {}) };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const PATIENCE_MS = 180_000;

let data: string;
let node: BrokerNode;
let server: Server;
let answers: readonly string[];
let steps: readonly Step[];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'guide-'));
  const port = String(await freePort());
  const config = parseConfig({ CONCORDAT_DATA: data, PORT: port });
  await makeDemo(config, { note: () => undefined });
  node = await openNode(config);
  server = await startServer(node);
  const guide = readFileSync(join(ROOT, 'docs/guides/http-api.md'), 'utf8');
  steps = stepsOf(guide.replaceAll('http://127.0.0.1:3000', server.url).replaceAll('.concordat/demo', data));
  const script = ['set -euo pipefail', ...steps.flatMap(({ command }) => [command, `echo; echo '${MARK}'`])].join('\n');
  const shell = spawn('bash', ['-c', script], { cwd: ROOT, env: { ...process.env, CONCORDAT_DATA: data, PORT: port }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [told, complaints] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  answers = told.split(MARK).map((answer) => answer.trim());
  if (answers.length !== steps.length + 1) throw new Error(`Step ${answers.length} failed: ${complaints}`);
}, PATIENCE_MS);

afterAll(async () => {
  await server.close();
  await node.close();
  rmSync(data, { recursive: true });
});

it('the guide to the HTTP interface shows what its commands answer', () => {
  const compared = steps.flatMap(({ command, shows }, place) => {
    if (shows === undefined) return [];
    const told = answers[place] ?? '';
    if (shows.form === 'text') {
      const shown = shows.text.trim();
      return [{ command, shown, told: matches(shown, told) ? shown : told }];
    }
    const shown: unknown = JSON.parse(shows.text);
    return [{ command, shown, told: asShown(shown, JSON.parse(told)) }];
  });
  expect(compared.length).toBeGreaterThan(12);
  expect(compared.map(({ command, told }) => ({ command, told }))).toEqual(compared.map(({ command, shown }) => ({ command, told: shown })));
});
