// Makes a checkout ready to run: packages as package-lock.json names them, dist/ built from the present sources.
// Needs nothing but Node 20 and npm, and costs a fraction of a second when there is nothing to do.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const path = (...parts) => join(root, ...parts);
const windows = process.platform === 'win32';
const stamp = path('dist', '.built');
const lock = path('.setup.lock');
const sourceFolders = ['apps', 'libs'];
const buildSettings = ['package.json', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', '.swcrc'];
const neededNode = 24;

/** The installed Node, or the one that runs now where it is new enough (an image without development packages). */
export function runtime() {
  const installed = path('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(installed)) return installed;
  if (Number.parseInt(process.versions.node, 10) >= neededNode) return process.execPath;
  throw new Error(`Node ${neededNode} is missing from node_modules; remove node_modules and run \`npm ci\``);
}

export function needsInstall() {
  const wanted = modified(path('package-lock.json'));
  const installed = modified(path('node_modules', '.package-lock.json'));
  if (wanted === undefined) return false;
  if (installed === undefined) return true;
  return installed < wanted && !sameVersions();
}

export function needsBuild() {
  const newestSource = Math.max(0, ...sourceFolders.map((folder) => newest(path(folder))));
  if (newestSource === 0) return false;
  const built = modified(stamp);
  const newestSetting = Math.max(0, ...buildSettings.map((file) => modified(path(file)) ?? 0));
  return built === undefined || built < Math.max(newestSource, newestSetting);
}

export function install() {
  say('installing packages (npm ci)');
  // NODE_ENV=production would leave out the compiler and Node itself.
  run('npm', ['ci', '--include=dev', '--loglevel=error'], '`npm ci` failed', windows);
  runtime();
}

export function build() {
  const nest = path('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  if (!existsSync(nest)) throw new Error('dist is missing or out of date, and the compiler is not installed; run `npm ci`');
  say('building dist');
  const started = new Date();
  run(runtime(), [nest, 'build'], 'the build failed');
  run(runtime(), ['--experimental-import-meta-resolve', path('bin', 'pack.mjs')], 'the commands could not be put into one file');
  // The stamp bears the start of the build, so that a source saved meanwhile is built next time.
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

/** Does what is missing. Throws an Error with one sentence when it cannot. */
export function setup() {
  if (!needsInstall() && !needsBuild()) return;
  exclusively(() => {
    if (needsInstall()) install();
    if (needsBuild()) build();
  });
}

/** Touching the lock file (a branch switched there and back) must not cost a new installation. */
function sameVersions() {
  const read = (...parts) => JSON.parse(readFileSync(path(...parts), 'utf8')).packages;
  const installed = read('node_modules', '.package-lock.json');
  const same = (a, b) => a?.version === b.version && a?.integrity === b.integrity;
  // Optional packages are those of other platforms too.
  return Object.entries(read('package-lock.json')).every(
    ([name, wanted]) => name === '' || wanted.optional || same(installed[name], wanted),
  );
}

/** Newest change below a folder, in milliseconds; folders count, as a file's removal shows only there. */
function newest(folder) {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length === 0) return 0;
  const times = entries
    .filter((entry) => !entry.name.endsWith('.spec.ts'))
    .map((entry) => modified(`${entry.parentPath ?? entry.path}${sep}${entry.name}`) ?? 0);
  return Math.max(modified(folder) ?? 0, ...times);
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** Two commands started together must not write node_modules or dist at the same time. */
function exclusively(work) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!takeLock()) Atomics.wait(pause, 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock() {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (lockIsStale()) rmSync(lock, { force: true });
    return false;
  }
}

function lockIsStale() {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // An empty file is a lock that is being written this moment, unless it stays so.
    if (!holder) return Date.now() - (modified(lock) ?? Date.now()) > 5_000;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function run(command, args, failure, shell = false) {
  // Everything goes to standard error: the output of `concordat` stays clean for pipes.
  const result = spawnSync(command, args, { cwd: root, shell, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  throw new Error(result.error ? `${failure}: ${result.error.message}` : failure);
}

function say(what) {
  process.stderr.write(`concordat: ${what}\n`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv[2] === 'build') exclusively(build);
    else setup();
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
