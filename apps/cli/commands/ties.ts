import type { Command } from 'commander';
import type { ConcordatClient } from '#client';
import { connect } from '../broker-address.ts';
import type { Context } from '../context.ts';
import type { Tie } from '../ties/data-manager.ts';
import { agencyIn, type AgencyOptions, type VoucherOptions } from '../ties/voucher-options.ts';
import { addTiesConfirm } from './ties-confirm.ts';

interface Options extends VoucherOptions {
  readonly csv?: true;
  readonly json?: true;
}

interface Page {
  readonly ties: readonly Tie[];
  readonly next?: string;
}

const WAITING = '/v1/ties?state=waiting&limit=500';
const HEAD = ['learner', 'agency', 'waits to be', 'since'];

const addTiesList = (ties: Command, context: Context): void => {
  ties
    .command('list')
    .description('whose ties with a learner of yours wait for a voucher, that you can give')
    .option('--agency <slug>', 'who asks')
    .option('--key <file>', 'its private signing key, a JWK')
    .option('--data-manager', 'all who wait, unconfirmed residences too, from the data directory: learners by the id of the broker')
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--csv', 'as a roll for `ties confirm`: take out the lines for which you do not vouch')
    .option('--json', 'as JSON')
    .action(async ({ csv, json, ...who }: Options) => {
      const agency = agencyIn(who);
      const waiting = agency === undefined ? await forDataManager(context) : await forAgency(context, agency);
      if (json) context.terminal.json(waiting);
      else if (csv && agency === undefined) printLines(context, waiting);
      else if (csv) printRoll(context, waiting);
      else context.terminal.table(HEAD, waiting.map(rowOf), 'Nobody waits for a voucher of yours.');
    });
};

const forDataManager = async (context: Context): Promise<readonly Tie[]> => {
  const { everyWaitingTie } = await import('../ties/data-manager.ts');
  return everyWaitingTie(context);
};

const forAgency = async (context: Context, { agency, key, url }: AgencyOptions): Promise<readonly Tie[]> =>
  everyTie(await connect(context, { agency, keyFile: key, ...(url === undefined ? {} : { url }) }));

const everyTie = async (client: ConcordatClient): Promise<readonly Tie[]> => {
  const found: Tie[] = [];
  for (let path: string | undefined = WAITING; path !== undefined;) {
    const { ties, next } = (await client.query(path, { purposes: [] })) as Page;
    found.push(...ties);
    path = next === undefined ? undefined : `${WAITING}&cursor=${encodeURIComponent(next)}`;
  }
  return found;
};

const referenceOf = ({ learner, localId }: Tie): string => (localId === undefined ? learner : `local:${localId}`);

const rowOf = (tie: Tie): readonly string[] => [referenceOf(tie), tie.agency, tie.relationships.join(' '), tie.since];

const quoted = (cell: string): string => (/[",\s]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Events name a learner by ULN or by one's own id: who has neither is told how many are left out. */
const printRoll = (context: Context, waiting: readonly Tie[]): void => {
  const { terminal } = context;
  const named = waiting.filter(({ localId }) => localId !== undefined);
  printLines(context, named);
  const unnamed = waiting.length - named.length;
  if (unnamed > 0)
    terminal.note(
      `${unnamed} of ${waiting.length} are of learners for whom you linked no id of your own: register these first, or name them by their ULN.`,
    );
};

const printLines = ({ terminal }: Context, named: readonly Tie[]): void =>
  terminal.lines(['subject,agency,relationship', ...named.flatMap(linesOf)]);

const linesOf = (tie: Tie): readonly string[] =>
  (tie.relationships.length === 0 ? [''] : tie.relationships).map((relationship) =>
    [referenceOf(tie), tie.agency, relationship].map(quoted).join(','),
  );

export const addTiesCommands = (program: Command, context: Context): void => {
  const ties = program.command('ties').description('who waits for a voucher, and vouching for them');
  addTiesList(ties, context);
  addTiesConfirm(ties, context);
};
