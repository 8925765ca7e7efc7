import type { Command } from 'commander';
import type { DataQualityEntry } from '#read-models';
import type { Context } from '../context.ts';

const LIMIT = 100_000;

export const addDataQualityCommand = (program: Command, context: Context): void => {
  program
    .command('data-quality')
    .description('what a data manager has to look at')
    .command('list')
    .description(
      'possible matches, one number for several people, identifiers in conflict, assessments recorded apart: learners by the id of the broker',
    )
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const { dataQuality, listDataQuality } = await import('#read-models');
      const { queryViews } = await import('../views.ts');
      const { findingsShown } = await import('../findings-shown.ts');
      const rows = await queryViews(context, dataQuality.name, async (views, { gate }) =>
        findingsShown(gate, (await listDataQuality(views, { limit: LIMIT })).rows),
      );
      if (json) context.terminal.json(rows.map(({ openedAt, ...entry }) => ({ ...entry, openedAt: new Date(openedAt).toISOString() })));
      else
        context.terminal.table(
          ['position', 'since', 'kind', 'agency', 'beside', 'learners'],
          rows.map(rowOf),
          'There is nothing to look at.',
        );
    });
};

const rowOf = ({ position, openedAt, kind, agency, beside, learners }: DataQualityEntry): readonly string[] => [
  String(position),
  new Date(openedAt).toISOString(),
  kind,
  agency ?? '',
  beside ?? '',
  learners.join(' '),
];
