// Makes the npm package of the client: `node libs/client/npm/build.mjs [DIRECTORY]`, by default in dist/npm/client; then `npm pack` there.
// Of kernel and catalogue the client uses types alone: their declarations go with it, their code does not. All of kafka-wire goes with it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(here, '../../..');
const target = resolve(process.argv[2] ?? join(root, 'dist/npm/client'));

/** What is copied of the compiler's output. */
const parts = [
  { from: 'client', takes: /\.(?:js|d\.ts)$/ },
  { from: 'kafka-wire', takes: /\.(?:js|d\.ts)$/ },
  { from: 'catalogue/data', takes: /\.d\.ts$/ },
  { from: 'catalogue/vocabulary.d.ts', takes: /\.d\.ts$/ },
  { from: 'kernel', takes: /\.d\.ts$/ },
];

function compile(output) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', join(here, 'tsconfig.json'), '--outDir', output], {
    encoding: 'utf8',
  });
  if (status === 0) return;
  process.stderr.write(`concordat: the client does not compile\n${stdout}`);
  process.exit(1);
}

const isFolder = (path) => !/\.\w+$/.test(path);

const compiled = mkdtempSync(join(tmpdir(), 'concordat-client-'));
try {
  compile(compiled);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const { from, takes } of parts) {
    cpSync(join(compiled, from), join(target, 'lib', from), { recursive: true, filter: (path) => isFolder(path) || takes.test(path) });
  }
  copyFileSync(join(here, 'package.json'), join(target, 'package.json'));
  copyFileSync(join(here, '../README.md'), join(target, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
} finally {
  rmSync(compiled, { recursive: true, force: true });
}
