import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Catalogue, shippedCatalogue } from '#catalogue';
import { londonDate, systemClock } from '#kernel';
import { connect } from '../broker-address.ts';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { importFile, type ImportPlan, type RowOutcome, type RowReport } from '../import/import-file.ts';
import { type Mapping, mappingOfType, readMapping, shippedMapping } from '../import/mapping.ts';
import { dayOption } from '../option-values.ts';

interface Options {
  readonly agency: string;
  readonly key?: string;
  readonly url?: string;
  readonly type?: string;
  readonly mapping?: string;
  readonly told?: string;
  readonly dryRun?: true;
  readonly report?: string;
  readonly json?: true;
}

export const addImportCommand = (program: Command, context: Context): void => {
  program
    .command('import')
    .description("send what today's MIS exports, each row signed by the agency; the same file again is met with the first receipts")
    .argument('<form>', 'csv: a table with the fields of one type; ccis, ilr: by the mappings of protocols/mappings')
    .argument('<file>', 'as the MIS or a spreadsheet writes it')
    .requiredOption('--agency <slug>', 'who sends')
    .option('--key <file>', 'its private signing key, a JWK')
    .option('--type <type>', 'of csv: what the rows are, as programme.started')
    .option('--mapping <file>', 'a mapping of your own in place of one that ships')
    .addOption(new Option('--told <day>', 'on which the file was made: of what has no day of its own').argParser(dayOption))
    .option('--dry-run', 'check all rows, and send nothing')
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--report <file>', 'every row with what became of it, as CSV')
    .option('--json', 'every row, as JSON')
    .action(async (form: string, file: string, options: Options) => {
      const reports = await reportsOf(context, await planOf(context, { form, file, options }));
      if (options.report !== undefined) writeFileSync(options.report, reportText(reports), { flag: 'wx', mode: 0o600 });
      tell(context, reports, options);
    });
};

const mappingFor = (form: string, { type, mapping }: Options, catalogue: Catalogue): Mapping => {
  if (mapping !== undefined) return readMapping(mapping, catalogue);
  if (form === 'ccis' || form === 'ilr') return shippedMapping(form, catalogue);
  if (form !== 'csv') throw misuse('Say csv, ccis or ilr before the file.');
  const known = catalogue.types.find(({ short }) => short === type);
  if (!known)
    throw misuse('Name with --type what the rows are, as programme.started: docs/guides/import.md lists how its columns are named.');
  return mappingOfType(known);
};

interface Asked {
  readonly form: string;
  readonly file: string;
  readonly options: Options;
}

const planOf = async (context: Context, { form, file, options }: Asked): Promise<ImportPlan> => {
  const catalogue = shippedCatalogue();
  const { agency, key, url, told, dryRun } = options;
  if (!dryRun && key === undefined) throw misuse('Give the signing key with --key, or --dry-run to send nothing.');
  const client =
    dryRun || key === undefined ? undefined : await connect(context, { agency, keyFile: key, ...(url === undefined ? {} : { url }) });
  return {
    file,
    agency,
    catalogue,
    mapping: mappingFor(form, options, catalogue),
    today: londonDate(systemClock.now()),
    ...(told === undefined ? {} : { toldOn: told }),
    ...(client && { send: (events) => client.send(events) }),
    progress: (done, of) => context.terminal.progress(done, of),
  };
};

const reportsOf = async ({ terminal }: Context, plan: ImportPlan): Promise<readonly RowReport[]> => {
  const reports: RowReport[] = [];
  try {
    for await (const report of importFile(plan)) reports.push(report);
  } catch (cause) {
    const done = reports.at(-1);
    if (done) terminal.note(`Rows up to ${done.row} are done: give the same command again to go on.`);
    throw cause;
  } finally {
    terminal.progress(1, 1);
  }
  return reports;
};

const REFUSED: readonly RowOutcome[] = ['rejected', 'conflict'];

const tell = ({ terminal }: Context, reports: readonly RowReport[], { json, dryRun }: Options): void => {
  if (json) terminal.json(reports);
  else {
    const lines = reports.flatMap(linesOf);
    terminal.table(['row', 'outcome', 'code', 'field', 'what to do'], lines, 'No row needs a look.');
    terminal.note(summaryOf(reports));
  }
  const refused = reports.filter(({ outcome }) => REFUSED.includes(outcome)).length;
  if (refused > 0) throw new Complaint(`${refused} of ${reports.length} rows ${dryRun ? 'would not be' : 'were not'} recorded.`);
};

const linesOf = ({ row, outcome, findings }: RowReport): readonly (readonly string[])[] =>
  findings.map(({ code, field, says }) => [String(row), outcome, code, field, says]);

const summaryOf = (reports: readonly RowReport[]): string => {
  const counts = new Map<RowOutcome, number>();
  for (const { outcome } of reports) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return `${reports.length} rows: ${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}.`;
};

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A line for each finding, and for each row of which there is none. */
const reportText = (reports: readonly RowReport[]): string =>
  [
    ['row', 'outcome', 'code', 'field', 'says'],
    ...reports.flatMap((report) => (report.findings.length > 0 ? linesOf(report) : [[String(report.row), report.outcome, '', '', '']])),
  ]
    .map((line) => `${line.map(quoted).join(',')}\r\n`)
    .join('');
