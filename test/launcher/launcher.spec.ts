// bin/ on a checkout of its own: what is stale is built, what is fresh is left alone, and the program is passed through.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const checkout = mkdtempSync(join(tmpdir(), 'concordat-launcher-'));
const stamp = join(checkout, 'dist', '.built');

const program = `
import { greeting } from '#kernel';
const [what] = process.argv.slice(2);
if (what === 'wait') {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => undefined, 1000);
}
console.log(JSON.stringify(what === 'where' ? { where: process.cwd() } : { greeting, what, major: Number.parseInt(process.versions.node, 10) }));
if (what === 'fail') process.exitCode = 3;
`;

const write = (file: string, content: string): void => {
  mkdirSync(dirname(join(checkout, file)), { recursive: true });
  writeFileSync(join(checkout, file), content);
};
const launcher = join(checkout, 'bin', 'concordat.mjs');
// As whoever starts it says nothing of where compiled modules lie.
const { NODE_COMPILE_CACHE: _, ...env } = process.env;
const concordat = (...args: readonly string[]) => spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', env });
const saved = (file: string): void => {
  const future = new Date(Date.now() + 2_000);
  utimesSync(join(checkout, file), future, future);
};

describe('the launcher', () => {
  beforeAll(() => {
    for (const file of ['bin', 'package.json', 'nest-cli.json', 'tsconfig.json', '.swcrc']) {
      cpSync(join(project, file), join(checkout, file), { recursive: true, preserveTimestamps: true });
    }
    symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'), 'junction');
    write('libs/kernel/index.ts', "export const greeting: string = 'hello';\n");
    write('apps/cli/main.ts', program);
    write('apps/cli/page.html', '<p>copied</p>\n');
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  it('builds a checkout that has no dist, and runs it on Node 24 or newer', () => {
    const result = concordat('now');
    expect(result.stderr).toBe('concordat: building dist\n');
    expect(JSON.parse(result.stdout)).toEqual({ greeting: 'hello', what: 'now', major: expect.any(Number) });
    expect(JSON.parse(result.stdout).major).toBeGreaterThanOrEqual(24);
    expect(statSync(join(checkout, 'dist/apps/cli/page.html')).isFile()).toBe(true);
  });

  it('leaves alone what is fresh', () => {
    const before = statSync(stamp).mtimeMs;
    expect(concordat('again').stderr).toBe('');
    expect(statSync(stamp).mtimeMs).toBe(before);
  });

  it('keeps what was compiled beside what was built, unless its caller keeps it elsewhere', () => {
    const kept = join(checkout, 'dist', '.compiled');
    expect(readdirSync(kept)).not.toEqual([]);
    rmSync(kept, { recursive: true });
    const env = { ...process.env, NODE_COMPILE_CACHE: join(checkout, 'elsewhere') };
    spawnSync(process.execPath, [launcher, 'now'], { env });
    expect([existsSync(kept), readdirSync(join(checkout, 'elsewhere')).length > 0]).toEqual([false, true]);
  });

  it('gives the exit code of the program', () => {
    expect(concordat('fail').status).toBe(3);
  });

  it('runs where its caller stands, by a path, by a link or by npm', () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'caller-')));
    const link = join(folder, 'concordat');
    symlinkSync(launcher, link);
    const where = (
      command: string,
      args: readonly string[],
      options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
    ): unknown => JSON.parse(spawnSync(command, args, { encoding: 'utf8', ...options }).stdout);
    const expected = { where: folder };
    expect(where(process.execPath, [launcher, 'where'], { cwd: folder })).toEqual(expected);
    expect(where(process.execPath, [link, 'where'], { cwd: folder })).toEqual(expected);
    expect(where('npm', ['--prefix', checkout, 'run', '--silent', 'concordat', '--', 'where'], { cwd: folder })).toEqual(expected);
    // Another project's script that has gone elsewhere on purpose.
    const others = { ...process.env, INIT_CWD: checkout, npm_lifecycle_event: 'concordat', npm_package_json: join(folder, 'package.json') };
    expect(where(process.execPath, [launcher, 'where'], { cwd: folder, env: others })).toEqual(expected);
    rmSync(folder, { recursive: true });
  });

  it('passes a signal on and waits for the program to end', async () => {
    const child = spawn(process.execPath, [launcher, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('builds again after a source was saved, and says so when it cannot', () => {
    write('libs/kernel/index.ts', 'export const greeting: string = ;\n');
    saved('libs/kernel/index.ts');
    const broken = concordat('now');
    expect(broken.status).toBe(1);
    expect(broken.stderr).toMatch(/concordat: the build failed\n$/);

    write('libs/kernel/index.ts', "export const greeting: string = 'good day';\n");
    expect(JSON.parse(concordat('now').stdout)).toMatchObject({ greeting: 'good day' });
  });
});
