#!/usr/bin/env node
// Starts the command line on Node 24, after whatever installing and building the checkout still needs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root, runtime, setup } from './setup.mjs';

const program = join(root, 'dist', 'apps', 'cli', 'main.js');
// kafkajs waits for less than nothing now and then, which is harmless (its RequestQueue).
const runtimeOptions = ['--enable-source-maps', '--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
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

const child = spawn(prepare(), [...runtimeOptions, program, ...process.argv.slice(2)], { stdio: 'inherit' });

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
