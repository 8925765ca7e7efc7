import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ListOptions } from '../lists/show-list.ts';
import { collected } from './list.ts';

export const addDocumentCommand = (program: Command, context: Context): void => {
  program
    .command('document')
    .description('a document about one learner as an agency may see it; without a name, which documents there are')
    .argument('[name]', 'which document')
    .argument('[ref]', 'whom it is about: uln:…, local:… or a pseudonym')
    .option('--agency <slug>', 'who asks')
    .option('--key <file>', 'its private signing key, a JWK')
    .option('--purpose <purposes>', 'what for, separated by commas')
    .option('--on <day>', 'the day of which it tells (default: today)')
    .option('--where <filter=value>', 'a filter of the document; may be given several times', collected, [])
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--csv', 'a line an entry, as CSV')
    .option('--json', 'as JSON')
    .action(async (name: string | undefined, ref: string | undefined, options: ListOptions) => {
      const { showDocument, showDocuments } = await import('../documents/show-document.ts');
      await (name === undefined ? showDocuments(context) : showDocument(context, name, ref, options));
    });
};
