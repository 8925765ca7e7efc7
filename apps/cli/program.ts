// The command line as a whole: every command, and how usage errors are told.
import { Command, CommanderError } from 'commander';
import { addAgencyCommands } from './commands/agency.ts';
import { addClockCommand } from './commands/clock.ts';
import { addConfigCommand } from './commands/config.ts';
import { addConsoleCommand } from './commands/console.ts';
import { addDataQualityCommand } from './commands/data-quality.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDisclosuresCommand } from './commands/disclosures.ts';
import { addDocumentCommand } from './commands/document.ts';
import { addEraseCommand } from './commands/erase.ts';
import { addExportCommand } from './commands/export.ts';
import { addFeedCommands } from './commands/feed.ts';
import { addImportCommand } from './commands/import.ts';
import { addKeygenCommand } from './commands/keygen.ts';
import { addListCommand } from './commands/list.ts';
import { addNoticesCommand } from './commands/notices.ts';
import { addPartnershipCommand } from './commands/partnership.ts';
import { addProtocolCommands } from './commands/protocol.ts';
import { addQuarantineCommands } from './commands/quarantine.ts';
import { addRebuildCommand } from './commands/rebuild.ts';
import { addRenewCommand } from './commands/renew.ts';
import { addReportCommands } from './commands/report.ts';
import { addSendCommand } from './commands/send.ts';
import { addServeCommand } from './commands/serve.ts';
import { addTiesCommands } from './commands/ties.ts';
import { addTokenCommand } from './commands/token.ts';
import { exitCodeOf, MISUSED, sentenceOf } from './complaint.ts';
import type { Context } from './context.ts';
import { withThumbprintsMarked } from './option-values.ts';

/** In the order in which `--help` lists them. */
const COMMANDS: readonly ((program: Command, context: Context) => void)[] = [
  addDemoCommand,
  addServeCommand,
  addConsoleCommand,
  addConfigCommand,
  addKeygenCommand,
  addAgencyCommands,
  addPartnershipCommand,
  addProtocolCommands,
  addSendCommand,
  addImportCommand,
  addFeedCommands,
  addTokenCommand,
  addListCommand,
  addExportCommand,
  addDocumentCommand,
  addTiesCommands,
  addQuarantineCommands,
  addDataQualityCommand,
  addReportCommands,
  addDisclosuresCommand,
  addNoticesCommand,
  addEraseCommand,
  addRebuildCommand,
  addRenewCommand,
  addClockCommand,
];

/** Every command, as `run` parses them. */
export const commandsOf = (context: Context): Command => {
  const { terminal } = context;
  const program = new Command('concordat')
    .description('Ask once, share lawfully, prove it: a broker for the agencies around a learner.')
    .configureOutput({
      writeOut: (text) => terminal.line(text.trimEnd()),
      writeErr: (text) =>
        text.startsWith('error: ') ? terminal.complain(text.trim().slice('error: '.length)) : terminal.note(text.trimEnd()),
    })
    .exitOverride();
  for (const add of COMMANDS) add(program, context);
  return program;
};

/** Runs one command line (without `node` and the script) and gives the exit code. Never rejects. */
export const run = async (words: readonly string[], context: Context): Promise<number> => {
  try {
    await commandsOf(context).parseAsync(withThumbprintsMarked(words), { from: 'user' });
    return 0;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : MISUSED;
    context.terminal.complain(sentenceOf(cause));
    return exitCodeOf(cause);
  }
};
