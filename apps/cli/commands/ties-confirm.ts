import { basename } from 'node:path';
import type { Command } from 'commander';
import { isDate } from '#catalogue';
import { connect } from '../broker-address.ts';
import { Complaint, misuse, sentenceOf } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { readJwk, readText } from '../input-files.ts';
import { confirmationOf, type ConfirmedRoll, type ConfirmedRow, confirmRoll, type Voucher } from '../ties/confirm-roll.ts';
import { readRoll, type RollRow } from '../ties/roll.ts';
import { agencyIn, type AgencyOptions, type VoucherOptions } from '../ties/voucher-options.ts';

interface Options extends VoucherOptions {
  readonly of?: string;
  readonly relationship?: string;
  readonly reason?: string;
  readonly day: string;
  readonly json?: true;
}

const HEAD = ['line', 'agency', 'relationship', 'outcome', 'position', 'what to know'];

export const addTiesConfirm = (ties: Command, context: Context): void => {
  ties
    .command('confirm')
    .description('vouch for the ties of a roll: a line each with the learner, the agency and its relationship; thousands at once')
    .argument('<file>', 'CSV: subject,agency[,relationship], the subject a ULN or local:<your own id>; - for standard input')
    .option('--agency <slug>', 'who vouches')
    .option('--key <file>', 'its private signing key, a JWK')
    .option(
      '--data-manager',
      "the partnership's data manager vouches, on the data directory: subjects as the line's agency names them, or the broker's own ids",
    )
    .option('--of <slug>', 'whose ties they are, where a line does not say it')
    .option('--relationship <name>', 'what they are, where a line does not say it; none vouches for 180 days for whatever tie there is')
    .option('--reason <text>', 'why you know, such as the roll of a date')
    .option(
      '--day <date>',
      'on which you vouch: of a run that broke off, to go on with it later',
      new Date().toISOString().slice(0, 'YYYY-MM-DD'.length),
    )
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--json', 'what became of each line, as JSON')
    .action(async (file: string, options: Options) => confirm(context, file, options));
};

const confirm = async (context: Context, file: string, { of, relationship, reason, day, json, ...who }: Options): Promise<void> => {
  if (!isDate(day)) throw misuse('--day takes a date, as 2026-09-01.');
  const agency = agencyIn(who);
  const name = file === '-' ? 'Standard input' : basename(file);
  const reading = { ...defined({ agency: of, relationship }), ...(agency === undefined ? { byOperator: true as const } : {}) };
  const roll: Roll = { rows: readRoll(await readText(context, file), name, reading), day, ...defined({ reason }) };
  const done = agency === undefined ? await asDataManager(context, roll) : await asAgency(context, agency, roll);
  if (json) context.terminal.json(done.rows.map(shown));
  else context.terminal.table(HEAD, done.rows.map(cellsOf), 'No line was sent.');
  complainOf(roll, done);
};

interface Roll {
  readonly rows: readonly RollRow[];
  readonly day: string;
  readonly reason?: string;
}

const telling =
  ({ terminal }: Context, { rows }: Roll) =>
  (sent: number): void =>
    terminal.note(`${sent} of ${rows.length} lines sent.`);

const asAgency = async (context: Context, { agency, key, url }: AgencyOptions, roll: Roll): Promise<ConfirmedRoll> => {
  const { rows, ...said } = roll;
  const voucher: Voucher = { agency, key: readJwk(key), ...said };
  const client = await connect(context, { agency, keyFile: key, ...defined({ url }) });
  return confirmRoll(client, { rows, eventOf: (row) => confirmationOf(row, voucher), told: telling(context, roll) });
};

const asDataManager = async (context: Context, roll: Roll): Promise<ConfirmedRoll> => {
  const { dataManagerOf } = await import('../ties/data-manager.ts');
  const { rows, ...said } = roll;
  return withUseCases(context, (ask) =>
    confirmRoll(dataManagerOf(ask, said), { rows, eventOf: (row) => row, told: telling(context, roll) }),
  );
};

const complainOf = ({ rows, day }: Roll, { rows: done, broke }: ConfirmedRoll): void => {
  if (broke !== undefined)
    throw new Complaint(
      `${rows.length - done.length} of ${rows.length} lines were not sent: ${sentenceOf(broke)} Run the same again with --day ${day}.`,
      { cause: broke },
    );
  const refused = done.filter(isRefused).length;
  if (refused > 0) throw new Complaint(`${refused} of ${rows.length} lines ${refused === 1 ? 'was' : 'were'} not recorded.`);
};

/** Without the members that are not there. */
const defined = <Members extends Readonly<Record<string, string | undefined>>>(
  members: Members,
): { readonly [Name in keyof Members]?: string } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { readonly [Name in keyof Members]?: string };

const isRefused = ({ receipt: { outcome } }: ConfirmedRow): boolean => outcome === 'rejected' || outcome === 'conflict';

/** The line stands for the learner: who reads a report need not be who may read the roll. */
const cellsOf = ({ row: { line, agency, relationship }, receipt: { outcome, position, problem } }: ConfirmedRow): readonly string[] => [
  String(line),
  agency,
  relationship ?? '',
  outcome,
  position ?? '',
  problem ? `${problem.code}: ${problem.detail}` : '',
];

const shown = ({
  row: { line, agency, relationship },
  receipt: { id, outcome, position, problem },
}: ConfirmedRow): Readonly<Record<string, unknown>> => ({
  line,
  agency,
  ...(relationship === undefined ? {} : { relationship }),
  id,
  outcome,
  ...(position === undefined ? {} : { position }),
  ...(problem === undefined ? {} : { problem }),
});
