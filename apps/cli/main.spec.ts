// The program as people start it: through the launcher, as a process of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Workplace } from './fixtures/captured-run.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/concordat.mjs', import.meta.url));
const MINUTES = 60_000;

const place = new Workplace();
const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return String(port);
};
const port = await freePort();
const environment = { ...process.env, PORT: port, CONCORDAT_DATA: place.data, NODE_OPTIONS: '' };

const concordat = (
  words: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...words], {
    encoding: 'utf8',
    input,
    env: { ...environment, ...env },
  });
  // The launcher says so where it has to build first.
  return { status, stdout, stderr: stderr.replace('concordat: building dist\n', '') };
};

let broker: ChildProcess | undefined;
const serve = async (): Promise<void> => {
  broker = spawn(process.execPath, [LAUNCHER, 'serve'], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(broker.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  expect(line.toString()).toBe(`Concordat listens on http://127.0.0.1:${port} (data in ${place.data})\n`);
};

/** Through the launcher, as a supervisor would. */
const stop = async (): Promise<void> => {
  if (broker === undefined) return;
  const ended = once(broker, 'exit');
  broker.kill('SIGTERM');
  await ended;
  broker = undefined;
};

afterAll(async () => {
  await stop();
  place.remove();
}, MINUTES);

describe('the program', () => {
  it(
    'says which setting is wrong, and no more',
    () => {
      const { status, stdout, stderr } = concordat(['config'], { env: { CONCORDAT_VIEWS: 'paper' } });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^concordat: CONCORDAT_VIEWS is wrong: [^\n]*\.\n$/);
    },
    MINUTES,
  );

  it(
    'ends with 2 where it is called wrongly',
    () => {
      expect(concordat(['send'])).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(/^concordat: [^\n]*\n$/) });
    },
    MINUTES,
  );

  it(
    'takes an agency from its keys to its first receipts, beside a broker that runs',
    async () => {
      await serve();
      expect(concordat(['keygen', '--out', place.path('keys')]).status).toBe(0);
      const key = place.path('keys', 'signing-private.json');
      const add = [
        'agency',
        'add',
        '--slug',
        'north',
        '--role',
        'connexions',
        '--role',
        'provider',
        '--name',
        'North',
        '--signing-key',
        place.path('keys', 'signing-public.json'),
      ];
      expect(concordat(add)).toEqual({ status: 0, stdout: 'north is registered.\n', stderr: '' });
      const sign = concordat(['protocol', 'sign', 'e2e-passport', '--agency', 'north', '--key', key]);
      expect(sign).toEqual({ status: 0, stdout: expect.stringMatching(/e2e-passport@1 +in-force/), stderr: '' });

      const type = 'uk.concordat.learner.registered.v1';
      const data = { localId: 'N-1', givenName: 'Aisha', familyName: 'Rahman', dateOfBirth: '2009-02-03' };
      writeFileSync(
        place.path('events.json'),
        JSON.stringify([{ id: 'e-1', type, subject: 'local:N-1', time: '2026-03-01T09:00:00Z', data }]),
      );
      const send = ['send', place.path('events.json'), '--agency', 'north', '--key', key];
      expect(concordat(send)).toEqual({
        status: 0,
        stdout: expect.stringMatching(/^EVENT +OUTCOME +POSITION .*\ne-1 +accepted +\d+\n$/),
        stderr: '',
      });
      expect(concordat(send).stdout).toMatch(/e-1 +duplicate +\d+/);

      const lines = [
        { type: 'uk.concordat.circumstance.noted.v1', subject: 'local:N-1', data: { kind: 'housing', note: 'x' } },
        { id: 'e-3', type: 'uk.concordat.unheard.of.v1', subject: 'local:N-1', data: {} },
      ];
      const mixed = concordat(['send', '-', '--json', '--agency', 'north', '--key', key], {
        input: lines.map((line) => JSON.stringify(line)).join('\n'),
      });
      expect(JSON.parse(mixed.stdout)).toMatchObject([
        { outcome: 'accepted' },
        { id: 'e-3', outcome: 'rejected', problem: { code: 'unknown-type' } },
      ]);
      expect(mixed).toMatchObject({ status: 1, stderr: 'concordat: 1 of 2 events was not recorded.\n' });

      expect(concordat(['token', 'north', '--key', key]).stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    },
    3 * MINUTES,
  );

  it(
    'tells that no broker answers, or that a key is not registered',
    () => {
      const key = place.path('keys', 'signing-private.json');
      expect(concordat(['token', 'north', '--key', key, '--url', 'http://127.0.0.1:1'])).toEqual({
        status: 1,
        stdout: '',
        stderr: 'concordat: No broker answers at http://127.0.0.1:1: start it, or give its address.\n',
      });
      concordat(['keygen', '--out', place.path('other')]);
      const stranger = concordat(['token', 'north', '--key', place.path('other', 'signing-private.json')]);
      expect(stranger).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^concordat: [^\n]*kid[^\n]*\n$/) });
    },
    2 * MINUTES,
  );

  it(
    'stops the broker on SIGTERM, and starts it again on the same data',
    async () => {
      await stop();
      expect(readFileSync(join(place.data, 'broker-key.json'), 'utf8')).toContain('"d"');
      await serve();
      expect(concordat(['agency', 'list']).stdout).toMatch(/north +connexions provider/);
    },
    2 * MINUTES,
  );

  it(
    'finds a command on the data directory in one file, without Kafka: it is to be there at once',
    () => {
      const [hooks, loaded] = [place.path('hooks.mjs'), place.path('loaded.txt')];
      const load = 'load: (url, context, next) => { appendFileSync(process.env.LOADED, `${url}\\n`); return next(url, context); }';
      writeFileSync(
        hooks,
        `import { appendFileSync } from 'node:fs';\nimport { registerHooks } from 'node:module';\nregisterHooks({ ${load} });\n`,
      );
      const { status } = concordat(['agency', 'list'], { env: { NODE_OPTIONS: `--import=${pathToFileURL(hooks).href}`, LOADED: loaded } });
      const modules = readFileSync(loaded, 'utf8').split('\n');
      expect(status).toBe(0);
      expect(modules.filter((url) => url.endsWith('/dist/packed/commands.cjs'))).toHaveLength(1);
      expect(modules.filter((url) => /\/node_modules\/|\/dist\/(?:apps|libs)\//.test(url))).toEqual([]);
    },
    MINUTES,
  );
});
