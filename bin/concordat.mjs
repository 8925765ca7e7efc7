#!/usr/bin/env node
// Starts the command line on Node 24, after whatever installing and building the checkout still needs.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants, freemem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { root, runtime, setup } from './setup.mjs';

const built = join(root, 'dist');
const program = join(built, 'apps', 'cli', 'main.js');
// The same commands in one file, which is found and linked at once. What goes on for long is started from its own files.
const packed = join(built, 'packed', 'commands.cjs');
const goesOn = new Set(['serve', 'demo', 'console']);
// kafkajs waits for less than nothing now and then, which is harmless (its RequestQueue).
const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
// Most of what a short command does is loading modules: with room for what that makes, little of it is moved about by the collector.
// What goes on gains nothing by it, and would take tens of megabytes more.
const roomToLoad = ['--min-semi-space-size=16'];
// Of a batch of events all rows are there until they are stored: in a small space the collector would move them twice.
const muchFree = 8 * 2 ** 30;
// A container's limit counts, where Node knows of it.
const free = () => process.availableMemory?.() ?? freemem();
const roomToMake = () => [`--max-semi-space-size=${free() > muchFree ? 256 : 64}`];
// What was compiled once is found again. A build begins anew; where the folder cannot be written, nothing is kept.
const compiled = join(built, '.compiled');
const forwarded = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT', 'SIGQUIT'];
const sentByTerminal = new Set(['SIGINT', 'SIGQUIT']);

function fail(sentence) {
  process.stderr.write(`concordat: ${sentence}\n`);
  process.exit(1);
}

function prepare() {
  try {
    setup();
    if (!existsSync(program)) throw new Error('apps/cli/main.ts has not been built; there is nothing to run');
    return runtime();
  } catch (error) {
    return fail(error.message);
  }
}

const asked = process.argv.slice(2);
const isLong = goesOn.has(asked[0]);
const started = () => (isLong || !existsSync(packed) ? program : packed);

/** `npm run concordat` starts in the checkout, wherever it was called: files are named from where the caller stands. */
function callersFolder() {
  const { INIT_CWD, npm_lifecycle_event, npm_package_json } = process.env;
  const byOwnScript =
    npm_lifecycle_event === 'concordat' && npm_package_json !== undefined && realpathSync(dirname(npm_package_json)) === realpathSync(root);
  return byOwnScript && INIT_CWD ? resolve(INIT_CWD) : process.cwd();
}

const child = spawn(
  prepare(),
  [...quiet, ...(isLong ? [] : roomToLoad), ...(asked[0] === 'rebuild' ? roomToMake() : []), started(), ...asked],
  {
    stdio: 'inherit',
    cwd: callersFolder(),
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  },
);

for (const signal of forwarded) {
  process.on(signal, () => {
    // A terminal sends Ctrl-C to the child too; passing it on would count as a second one.
    if (sentByTerminal.has(signal) && process.stdin.isTTY) return;
    child.kill(signal);
  });
}

child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
child.on('exit', (code, signal) => {
  process.exit(signal ? 128 + constants.signals[signal] : code);
});
