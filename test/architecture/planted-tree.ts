// A copy of this project, in which each rule is broken on purpose: a rule that only bites in a made-up tree may be blind in this one.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const SOURCES = ['apps', 'libs', 'test'];
const SETTINGS = /^(?:package|tsconfig|\.prettierrc)\.json$|^\.prettierignore$|\.mjs$/;

/** Paths to contents. */
export type Files = Readonly<Record<string, string>>;

export interface PlantedTree {
  readonly folder: string;
  remove(): void;
}

/** Throws where a plant would stand in the place of a file: the rule would not be broken in this tree. */
export function plantIntoCopy(files: Files): PlantedTree {
  const taken = Object.keys(files).filter((file) => existsSync(join(projectRoot, file)));
  if (taken.length > 0) throw new Error(`Plant elsewhere: ${taken.join(', ')} is there already.`);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-architecture-')));
  const settings = readdirSync(projectRoot).filter((file) => SETTINGS.test(file));
  for (const name of [...SOURCES, ...settings]) cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a tool of node_modules on the tree and gives what it printed. */
export function output(folder: string, program: string, args: readonly string[]): string {
  const tool = join(projectRoot, 'node_modules', program);
  const { stdout, stderr, error } = spawnSync(process.execPath, [tool, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error ?? (stdout === '' && stderr !== '')) throw new Error(`${program} printed nothing: ${stderr}`, { cause: error });
  return stdout;
}

/** The same, as JSON. */
export function report(folder: string, program: string, args: readonly string[]): unknown {
  const printed = output(folder, program, args);
  if (!/^[[{]/.test(printed)) throw new Error(`${program} printed no JSON: ${printed}`);
  return JSON.parse(printed);
}
