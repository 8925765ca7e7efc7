import type { Command } from 'commander';
import type { DataQualityEntry } from '#read-models';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { DATA_MANAGER } from '../looking.ts';
import { addWaive } from './data-quality-waive.ts';

export const addDataQualityCommand = (program: Command, context: Context): void => {
  const dataQuality = program.command('data-quality').description('what a data manager has to look at');
  addWaive(dataQuality, context);
  dataQuality
    .command('list')
    .description(
      'possible matches, one number for several people, identifiers in conflict, assessments recorded apart: learners by the id of the broker',
    )
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const rows = await findingsShown(context);
      if (json) context.terminal.json(rows.map(({ openedAt, ...entry }) => ({ ...entry, openedAt: new Date(openedAt).toISOString() })));
      else
        context.terminal.table(
          ['position', 'since', 'kind', 'agency', 'beside', 'learners'],
          rows.map(rowOf),
          'There is nothing to look at.',
        );
    });
};

/** Throws a `Complaint` where no protocol in force shows the data manager anything. */
const findingsShown = async (context: Context): Promise<readonly DataQualityEntry[]> => {
  const [{ AskForDataQuality }, { dataQuality }] = await Promise.all([import('#egress'), import('#read-models')]);
  const asked = new AskForDataQuality({ asker: DATA_MANAGER });
  const told = await withUseCases(context, (ask) => ask(asked), { view: dataQuality.name });
  if (told.outcome === 'answered') return told.findings;
  throw new Complaint('No protocol in force shows the queue to the data manager: bring `data-quality` in force.');
};

const rowOf = ({ position, openedAt, kind, agency, beside, learners }: DataQualityEntry): readonly string[] => [
  String(position),
  new Date(openedAt).toISOString(),
  kind,
  agency ?? '',
  beside ?? '',
  learners.join(' '),
];
