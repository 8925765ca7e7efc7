// The command line's entry point; bin/concordat.mjs starts it.
import { buffer } from 'node:stream/consumers';
import { sentenceOf } from './complaint.ts';
import { run } from './program.ts';
import { Terminal } from './terminal.ts';

/** Whatever is written holds keys or personal data, if only by and by: it is its owner's alone, whatever the shell allows. */
process.umask(0o077);

const terminal = new Terminal(process.stdout, process.stderr);

// `concordat … | head` closes the pipe early.
process.stdout.on('error', () => process.exit(0));

const fail = (cause: unknown): void => {
  terminal.complain(sentenceOf(cause));
  process.exit(1);
};
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

process.exitCode = await run(process.argv.slice(2), { terminal, environment: process.env, readInput: () => buffer(process.stdin) });
