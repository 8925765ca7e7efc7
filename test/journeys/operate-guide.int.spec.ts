// docs/guides/operate.md does what it says: for each store a broker is backed up while it runs, goes on, and is restored, by the commands
// that the guide shows.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, delimiter, join } from 'node:path';
import { type EventToSend, signingKeyOf } from '#client';
import { BrokerProcess, freePort, root, type Settings } from '../broker-process.ts';
import { KurrentProcess } from '../kurrentdb/kurrent-process.ts';
import { compared, runSteps, stepsOf } from './guide-steps.ts';
import { requestToken } from './request-token.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';

const PATIENCE_MS = 120_000;
const GUIDE = readFileSync(join(root, 'docs/guides/operate.md'), 'utf8');
/** Run elsewhere: they start the broker and the server of a real installation. */
const STARTS = 'Start with KurrentDB';

/** What stands under a heading, as far as the next of any level. */
const section = (heading: string): string => {
  const found = new RegExp(String.raw`^#+ ${heading}\n([\s\S]*?)(?=^#+ |(?![\s\S]))`, 'm').exec(GUIDE);
  if (!found) throw new Error(`The guide has no section "${heading}".`);
  return found[1] ?? '';
};

/** Steps that were run, over all stores. */
const run = new Set<string>();

interface Engine {
  readonly name: string;
  readonly server: boolean;
  readonly backUp: string;
  readonly restore: string;
}

const ENGINES: readonly Engine[] = [
  { name: 'the embedded store', server: false, backUp: 'Embedded', restore: 'Embedded, from its backup' },
  { name: 'KurrentDB (the stand-in)', server: true, backUp: 'KurrentDB', restore: 'KurrentDB, from its backup' },
];

describe.each(ENGINES)('a broker on $name', ({ server: withServer, backUp, restore }) => {
  let folder: string;
  let server: KurrentProcess | undefined;
  let town: Town;
  let broker: BrokerProcess;
  let settings: Settings;
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'operate-guide-'));
    server = withServer ? new KurrentProcess(at('server'), await freePort()) : undefined;
    await server?.start();
    settings = { CONCORDAT_ISSUER: 'http://town.example', ...(server && { CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: server.url }) };
    town = await Town.open({ data: at('data'), environment: settings });
    await town.server.close();
    await town.node.close();
    broker = new BrokerProcess(at('data'), await freePort(), settings);
    await broker.start();
  }, 2 * PATIENCE_MS);
  afterAll(async () => {
    await broker.kill();
    await server?.kill();
    rmSync(folder, { recursive: true });
  });

  /** Of a section; gives what differs from what the guide shows. */
  const follow = async (heading: string, pid = 0): Promise<void> => {
    const steps = stepsOf(section(heading));
    for (const { command } of steps) run.add(command);
    const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
    const places = { CONCORDAT_DATA: at('data'), BACKUP: at('backup'), SERVER: at('server'), BROKER: String(pid) };
    const env = { ...process.env, ...settings, ...places, NODE_OPTIONS: '', KAFKA_BROKERS: '', PATH: path };
    const answers = await runSteps(steps, { cwd: root, env, patienceMs: PATIENCE_MS });
    expect(answers.join('\n')).not.toContain('NO COPY WAS MADE');
    for (const { shown, told } of compared(steps, answers)) expect(told).toBe(shown);
  };

  const outcomeOf = async (event: EventToSend): Promise<string> => {
    const body = await town.jws('careers', town.event('careers', event));
    const response = await fetch(`${broker.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body });
    return ((await response.json()) as { readonly receipts: readonly { readonly outcome: string }[] }).receipts[0]?.outcome ?? '';
  };
  const shown = async (uln: string): Promise<string> => {
    const key = await signingKeyOf(town.keyOf('careers').privateJwk);
    const { value } = await requestToken({ url: broker.url, agency: 'careers', key, now: Date.now() });
    const response = await fetch(`${broker.url}/v1/learners/uln:${uln}/passport`, {
      headers: { authorization: `Bearer ${value}`, purpose: 'plan-learning' },
    });
    return response.status === 200 ? response.text() : String(response.status);
  };

  const [before, after] = [ulnOf(1), ulnOf(2)];
  const kept = { id: 'kept', time: new Date().toISOString(), ...registration(before, 'c-1') };
  const lost = { id: 'lost', time: new Date().toISOString(), ...registration(after, 'c-2') };

  it(
    'is backed up while it runs, and goes on',
    async () => {
      expect([await outcomeOf(kept), await outcomeOf(assessment(before, { assessmentId: 'first' }))]).toEqual(['accepted', 'accepted']);
      await follow(backUp, broker.pid);
      expect(await outcomeOf(lost)).toBe('accepted');
      expect(await shown(after)).toContain(after);
    },
    PATIENCE_MS,
  );

  it(
    'is restored as it was then; what came later can be sent again',
    async () => {
      await follow('Restore', broker.pid);
      if (server) {
        await server.kill();
        rmSync(at('server'), { recursive: true });
        await runSteps([{ command: `cp -a ${at('backup')}/server ${at('server')}` }], {
          cwd: root,
          env: process.env,
          patienceMs: PATIENCE_MS,
        });
        await server.start();
      }
      await follow(restore);
      await broker.start();
      expect(await shown(before)).toContain('first');
      expect(await shown(after)).toBe('404');
      expect([await outcomeOf(kept), await outcomeOf(lost)]).toEqual(['duplicate', 'accepted']);
      await broker.stop();
    },
    2 * PATIENCE_MS,
  );

  it(
    'refuses an older key file beside a log that went on',
    async () => {
      // A replica of before the server went back does not open at all: what is tried here is the key file.
      rmSync(at('data.before'), { recursive: true });
      cpSync(at('data'), at('data.before'), { recursive: true });
      await follow('What does not fit is refused');
    },
    PATIENCE_MS,
  );
});

it('leaves no command of the guide untried but those that start an installation', () => {
  const started = new Set(stepsOf(section(STARTS)).map(({ command }) => command));
  expect(
    stepsOf(GUIDE)
      .map(({ command }) => command)
      .filter((command) => !run.has(command) && !started.has(command)),
  ).toEqual([]);
});
