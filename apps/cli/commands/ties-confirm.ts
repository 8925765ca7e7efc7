import { basename } from 'node:path';
import type { Command } from 'commander';
import { isDate } from '#catalogue';
import { connect } from '../broker-address.ts';
import { Complaint, misuse, sentenceOf } from '../complaint.ts';
import type { Context } from '../context.ts';
import { readJwk, readText } from '../input-files.ts';
import { type ConfirmedRow, confirmRoll } from '../ties/confirm-roll.ts';
import { confirmationOf, type Voucher } from '../ties/confirmations.ts';
import { readRoll } from '../ties/roll.ts';

interface Options {
  readonly agency: string;
  readonly key: string;
  readonly of?: string;
  readonly relationship?: string;
  readonly reason?: string;
  readonly day: string;
  readonly url?: string;
  readonly json?: true;
}

const HEAD = ['line', 'agency', 'relationship', 'outcome', 'position', 'what to know'];

export const addTiesConfirm = (ties: Command, context: Context): void => {
  ties
    .command('confirm')
    .description("vouch for the ties of a roll: a line each with the learner, the agency and its relationship; thousands at once")
    .argument('<file>', 'CSV: subject,agency[,relationship], the subject a ULN or local:<your own id>; - for standard input')
    .requiredOption('--agency <slug>', 'who vouches')
    .requiredOption('--key <file>', 'its private signing key, a JWK')
    .option('--of <slug>', 'whose ties they are, where a line does not say it')
    .option('--relationship <name>', 'what they are, where a line does not say it; none vouches for 180 days for whatever tie there is')
    .option('--reason <text>', 'why you know, such as the roll of a date')
    .option('--day <date>', 'on which you vouch: of a run that broke off, to go on with it later', new Date().toISOString().slice(0, 'YYYY-MM-DD'.length))
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--json', 'what became of each line, as JSON')
    .action(async (file: string, options: Options) => confirm(context, file, options));
};

const confirm = async (context: Context, file: string, { agency, key, of, relationship, reason, day, url, json }: Options): Promise<void> => {
  if (!isDate(day)) throw misuse('--day takes a date, as 2026-09-01.');
  const rows = readRoll(await readText(context, file), file === '-' ? 'Standard input' : basename(file), defined({ agency: of, relationship }));
  const voucher: Voucher = { agency, key: readJwk(key), day, ...defined({ reason }) };
  const client = await connect(context, { agency, keyFile: key, ...defined({ url }) });
  const told = (sent: number): void => context.terminal.note(`${sent} of ${rows.length} lines sent.`);
  const { rows: done, broke } = await confirmRoll(client, { rows, eventOf: (row) => confirmationOf(row, voucher), told });
  if (json) context.terminal.json(done.map(shown));
  else context.terminal.table(HEAD, done.map(cellsOf), 'No line was sent.');
  if (broke !== undefined) throw new Complaint(`${rows.length - done.length} of ${rows.length} lines were not sent: ${sentenceOf(broke)} Run the same again with --day ${day}.`, { cause: broke });
  const refused = done.filter(isRefused).length;
  if (refused > 0) throw new Complaint(`${refused} of ${rows.length} lines ${refused === 1 ? 'was' : 'were'} not recorded.`);
};

/** Without the members that are not there. */
const defined = <Members extends Readonly<Record<string, string | undefined>>>(members: Members): { readonly [Name in keyof Members]?: string } =>
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

const shown = ({ row: { line, agency, relationship }, receipt: { id, outcome, position, problem } }: ConfirmedRow): Readonly<Record<string, unknown>> => ({
  line,
  agency,
  ...(relationship === undefined ? {} : { relationship }),
  id,
  outcome,
  ...(position === undefined ? {} : { position }),
  ...(problem === undefined ? {} : { problem }),
});
