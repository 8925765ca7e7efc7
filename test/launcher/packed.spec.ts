// bin/pack.mjs on a checkout of its own: modules in one file are what they are to Node one by one.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const checkout = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-packed-')));
const apart = join(checkout, 'dist/apps/cli/main.js');
const packed = join(checkout, 'dist/packed/commands.cjs');
const node = join(project, 'node_modules/node/bin/node');

const write = (file: string, content: string): void => {
  mkdirSync(dirname(join(checkout, file)), { recursive: true });
  writeFileSync(join(checkout, file), content);
};
const run = (...args: readonly string[]) => spawnSync(node, args, { encoding: 'utf8' });
const pack = () => run('--experimental-import-meta-resolve', join(checkout, 'bin/pack.mjs'));
const saidBy = (program: string): string => {
  const { stdout, stderr } = run(program, 'one', 'two');
  expect(stderr).toBe('');
  return stdout;
};

const MAIN = `
import process, { argv } from 'node:process';
import * as fs from 'node:fs';
import yaml, { parse } from 'yaml';
import old, { named } from './old.cjs';
import * as all from './all.js';
import { first } from './first.js';
import { greeting } from '#greeting';
const lazy = async () => (await import('./lazy.js')).default;
class Kept {}
const missing = await import('./nowhere.js').catch((error) => error instanceof Error);
const chosen = await import(['./cho', 'sen.js'].join(''));
console.log(JSON.stringify({
  words: argv.slice(2), same: process.argv === argv, reads: typeof fs.readFileSync, yaml: [typeof yaml.parse, parse('a: 1')],
  old: [old.named, named, typeof old.itself], all: Object.keys(all).sort(), first: first(), greeting, lazy: await lazy(),
  here: import.meta.url, name: Kept.name, self: typeof this, missing, chosen: chosen.value,
}));
process.exitCode = await Promise.resolve(5);
`;

beforeAll(() => {
  cpSync(join(project, 'bin'), join(checkout, 'bin'), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'), 'junction');
  write('package.json', JSON.stringify({ type: 'module', imports: { '#*': './dist/libs/*/index.js' } }));
  write('dist/libs/greeting/index.js', "export const greeting = 'hello';\n");
  write('dist/apps/cli/main.js', MAIN);
  write(
    'dist/apps/cli/old.cjs',
    "exports.named = 'n'; exports.itself = () => require('./old.cjs') === exports; Object.assign(exports, require('./data.json'));\n",
  );
  write('dist/apps/cli/data.json', '{ "told": true }\n');
  write('dist/apps/cli/all.js', "export * from './first.js'; export * from './second.js'; export { default as deep } from './lazy.js';\n");
  // Either asks for the other: what is exported is there before the other has run to its end.
  write(
    'dist/apps/cli/first.js',
    "import { second } from './second.js'; export const first = () => second() + ' of ' + count; export let count = 2;\n",
  );
  write('dist/apps/cli/second.js', "import { count } from './first.js'; export function second() { return 'one ' + count; }\n");
  write('dist/apps/cli/lazy.js', "export default 'late';\n");
  write('dist/apps/cli/chosen.js', 'export const value = 7;\n');
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

describe('commands in one file', () => {
  it('do what they do in many', () => {
    expect(pack()).toMatchObject({ status: 0, stderr: '' });
    const said = saidBy(packed);
    expect(said).toBe(saidBy(apart));
    expect(JSON.parse(said)).toMatchObject({
      words: ['one', 'two'],
      old: ['n', 'n', 'function'],
      first: 'one 2 of 2',
      here: `file://${apart}`,
      lazy: 'late',
      missing: true,
    });
    expect([run(packed).status, run(apart).status]).toEqual([5, 5]);
  });

  it('need the files no more', () => {
    rmSync(join(checkout, 'dist/apps/cli/first.js'));
    expect(JSON.parse(saidBy(packed))).toMatchObject({ first: 'one 2 of 2' });
    write('dist/apps/cli/first.js', 'export const [first, count] = [() => await0, 1]; const await0 = await 1;\n');
  });

  it('cannot hold a module that waits at its top, which is told', () => {
    rmSync(packed);
    const { status, stderr } = pack();
    expect(status).not.toBe(0);
    expect(stderr).toContain('dist/apps/cli/first.js cannot be one function among others');
    expect(existsSync(packed)).toBe(false);
  });
});
