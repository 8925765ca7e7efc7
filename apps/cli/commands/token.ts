import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { connect } from '../broker-address.ts';
import { misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { demoDirectory } from '../data-directory.ts';

interface Options {
  readonly key?: string;
  readonly url?: string;
}

export const addTokenCommand = (program: Command, context: Context): void => {
  program
    .command('token')
    .description('print a bearer token of an agency, good for five minutes')
    .argument('<slug>', 'whose token')
    .option('--key <file>', "its private signing key, a JWK (default: the demo's)")
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .action(async (slug: string, { key = demoKeyOf(context, slug), url }: Options) => {
      const client = await connect(context, { agency: slug, keyFile: key, ...(url === undefined ? {} : { url }) });
      context.terminal.line(await client.token());
    });
};

const demoKeyOf = ({ environment }: Context, slug: string): string => {
  const file = join(demoDirectory(environment), 'keys', `${slug}.json`);
  if (!existsSync(file)) throw misuse(`The demo has no key of ${slug}: give --key with its private signing key.`);
  return file;
};
