// `npm run sbom` lists every package, those of development marked so, from the lock file alone: no registry is asked,
// nothing has to be installed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Bom {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly purl: string;
    readonly hashes?: readonly object[];
    readonly properties: readonly { readonly name: string; readonly value: string }[];
  }[];
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly version: string; readonly dev?: true }>>;
}

const read = <Content>(name: string): Content => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Content;

const DEVELOPMENT = 'cdx:npm:package:development';

it('the bill of materials holds each package with its version and hash, and tells which serve development alone', () => {
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(project, file), join(folder, file));
  const made = spawnSync('npm', ['run', '--silent', 'sbom'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, npm_config_offline: 'true' },
  });
  expect([made.status, made.stderr]).toEqual([0, '']);
  const { bomFormat, components } = read<Bom>('sbom.cdx.json');
  expect(bomFormat).toBe('CycloneDX');
  const locked = Object.entries(read<Lock>('package-lock.json').packages).filter(([path]) => path !== '');
  const byPurl = new Map(components.map((component) => [component.purl, component]));
  const found = locked.map(([path, { name = path.replace(/^.*node_modules\//, ''), version }]) =>
    byPurl.get(`pkg:npm/${name.replace('@', '%40')}@${version}`),
  );
  expect(locked.flatMap(([path], place) => (found[place] === undefined ? [path] : []))).toEqual([]);
  expect(components.filter(({ hashes }) => hashes === undefined)).toEqual([]);
  const runs = found.filter((_, place) => locked[place]?.[1].dev === undefined);
  expect(runs.filter((component) => component?.properties.some(({ name }) => name === DEVELOPMENT))).toEqual([]);
});
