// A throw-away project with this project's own settings, in which each rule is broken on purpose.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const settings = ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs', 'eslint.config.mjs', 'eslint.house.mjs'];

/** Paths to contents. */
export type Files = Readonly<Record<string, string>>;

export interface PlantedTree {
  readonly folder: string;
  remove(): void;
}

export function plantTree(files: Files): PlantedTree {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-architecture-')));
  for (const file of settings) cpSync(join(projectRoot, file), join(folder, file));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a tool of node_modules on the tree and gives what it printed as JSON. */
export function report(folder: string, program: string, args: readonly string[]): unknown {
  const tool = join(projectRoot, 'node_modules', program);
  const result = spawnSync(process.execPath, [tool, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!/^[[{]/.test(result.stdout)) throw new Error(`${program} printed no JSON: ${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout);
}
