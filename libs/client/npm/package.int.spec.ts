// The package as it would be published, in a project that has nothing but it and what it names.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MINUTES = 120_000;

interface PackageFile {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const packageIn = (...path: readonly string[]): PackageFile =>
  JSON.parse(readFileSync(join(ROOT, ...path, 'package.json'), 'utf8')) as PackageFile;

const project = mkdtempSync(join(tmpdir(), 'fresh-project-'));
afterAll(() => rmSync(project, { recursive: true }));

const run = (program: string, ...words: readonly string[]): string =>
  execFileSync(program, words, { cwd: project, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
const linked = (name: string): void => symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));

const FIRST_EXAMPLE = /```ts\n([\s\S]*?)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))?.[1] ?? '';

const KAFKA_USE = `
import { type AgencyEvent, remoteBrokerKeys, signingKeyOf, toEvent } from '@concordat/client';
import { KafkaAgency, KafkaFeed } from '@concordat/client/kafka';
import { SqliteCopy } from '@concordat/client/sqlite';
const brokerKeys = remoteBrokerKeys('http://broker.example');
const event: AgencyEvent = toEvent('x', { type: 'consent.withdrawn', subject: 'local:1', data: { consentId: 'c', by: 'learner' } });
// @ts-expect-error: data is held against the catalogue.
toEvent('x', { type: 'consent.withdrawn', subject: 'local:1', data: { consentId: 1, by: 'learner' } });
const agency = new KafkaAgency({ agency: 'x', key: await signingKeyOf({ kty: 'OKP' }), kafka: { brokers: ['k:9092'] }, brokerKeys });
for (const { outcome } of await agency.sendAndAwait([event])) if (outcome === 'rejected') break;
const feed = new KafkaFeed({ agency: 'x', keys: [], brokerKeys, copy: new SqliteCopy('f'), kafka: { brokers: ['k:9092'] } });
for await (const change of feed.follow()) if (change.kind === 'item') console.log(change.item.localid);
`;

beforeAll(() => {
  const built = join(project, 'built');
  run(process.execPath, join(ROOT, 'libs/client/npm/build.mjs'), built);
  const [packed] = JSON.parse(run('npm', 'pack', built, '--json')) as readonly { readonly filename: string }[];
  mkdirSync(join(project, 'node_modules/@concordat/client'), { recursive: true });
  run('tar', '-xzf', packed?.filename ?? '', '--strip-components=1', '-C', 'node_modules/@concordat/client');
  linked('jose');
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
}, MINUTES);

describe('the package', () => {
  it('works over HTTP without kafkajs', () => {
    const script = `
      import { ConcordatClient, generateSigningKey, signingKeyOf, toEvent } from '@concordat/client';
      const key = await signingKeyOf((await generateSigningKey()).privateJwk);
      const client = new ConcordatClient({ url: 'http://127.0.0.1:1', agency: 'x', key, retrying: { attempts: 1 } });
      await client.send([toEvent('x', { type: 'consent.withdrawn', subject: 'local:1', data: { consentId: 'c', by: 'l' } })]).catch(({ code }) => console.log(code));
      await import('@concordat/client/kafka').catch(({ code }) => console.log(code));`;
    writeFileSync(join(project, 'use.mjs'), script);
    expect(run(process.execPath, 'use.mjs')).toBe('unreachable\nERR_MODULE_NOT_FOUND\n');
  });

  it(
    'brings its types, the first example of its README among what they fit',
    () => {
      for (const name of ['kafkajs', 'snappyjs', '@types', 'undici-types']) linked(name);
      writeFileSync(join(project, 'first-example.ts'), FIRST_EXAMPLE);
      writeFileSync(join(project, 'kafka-use.ts'), KAFKA_USE);
      const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
      const settings = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node'];
      expect(run(process.execPath, compiler, ...settings, 'first-example.ts', 'kafka-use.ts')).toBe('');
    },
    MINUTES,
  );

  it('works over Kafka with kafkajs', () => {
    writeFileSync(join(project, 'kafka.mjs'), "import { KafkaAgency } from '@concordat/client/kafka';\nconsole.log(typeof KafkaAgency);");
    expect(run(process.execPath, 'kafka.mjs')).toBe('function\n');
  });

  it('bears the version of the broker, and names the versions of its packages that the broker runs with', () => {
    const [client, broker] = [packageIn('libs/client/npm'), packageIn()];
    expect(client.version).toBe(broker.version);
    for (const [name, range] of Object.entries({ ...client.dependencies, ...client.peerDependencies })) {
      expect([name, range.replace(/^\^(\d+\.\d+)\..*/, '$1')]).toEqual([name, broker.dependencies[name]?.replace(/^(\d+\.\d+)\..*/, '$1')]);
    }
  });
});
