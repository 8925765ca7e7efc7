import type { Command } from 'commander';
import type { DisclosureEntry, DisclosurePage } from '#read-models';
import type { BrokerNode } from '../../broker/node.ts';
import { misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { OPERATOR, toldOf } from '../looking.ts';

interface Options {
  readonly recipient?: string;
  readonly learnerOf?: readonly string[];
  readonly limit: string;
  readonly json?: true;
}

const HEAD = ['position', 'when', 'recipient', 'learner', 'outcome', 'asked', 'purposes', 'permitted', 'refused', 'clauses', 'lacks'];

export const addDisclosuresCommand = (program: Command, context: Context): void => {
  program
    .command('disclosures')
    .description('who saw what, why and when')
    .command('list')
    .description('decisions, the latest first: learners by the id of the broker')
    .option('--recipient <slug>', 'what one agency asked')
    .option('--learner-of <slug-and-ref...>', 'about one learner, as an agency names it: --learner-of city-yot uln:…')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'as JSON')
    .action(async (options: Options) => {
      const { disclosures, listDisclosures } = await import('#read-models');
      const { queryViews } = await import('../views.ts');
      const { rows } = await queryViews(context, disclosures.name, async (views, node) => {
        const { learner, ...page } = await pageOf(node, options);
        const inquiry = { asker: OPERATOR, asked: 'disclosures', parameters: { ...page } } as const;
        const where = { ...page, ...(learner === undefined ? {} : { learner }) };
        return toldOf(
          await node.gate.look({ ...inquiry, ...(learner === undefined ? {} : { about: learner }) }, () => listDisclosures(views, where)),
        );
      });
      if (options.json)
        context.terminal.json(rows.map(({ decidedAt, ...entry }) => ({ ...entry, decidedAt: new Date(decidedAt).toISOString() })));
      else context.terminal.table(HEAD, rows.map(rowOf), 'No decision is recorded.');
    });
};

const pageOf = async (node: BrokerNode, { recipient, learnerOf, limit }: Options): Promise<DisclosurePage> => {
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw misuse('--limit takes a whole number from 1 to 999999.');
  const learner = learnerOf === undefined ? undefined : await learnerIn(node, learnerOf);
  return { limit: Number(limit), ...(recipient === undefined ? {} : { recipient }), ...(learner === undefined ? {} : { learner }) };
};

const learnerIn = async (node: BrokerNode, [agency, ref, ...more]: readonly string[]): Promise<string> => {
  if (agency === undefined || ref === undefined || more.length > 0)
    throw misuse('--learner-of takes the slug of an agency and its reference for the learner.');
  const { learnerNamed, streamsOf } = await import('../learner-reference.ts');
  return learnerNamed(node, streamsOf(node), { agency, ref });
};

const rowOf = (entry: DisclosureEntry): readonly string[] => [
  String(entry.position),
  new Date(entry.decidedAt).toISOString(),
  entry.recipient,
  entry.learner,
  entry.outcome,
  entry.asked ?? '',
  entry.purposes.join(' '),
  String(entry.permitted),
  String(entry.refused),
  entry.clauses.join(' '),
  entry.lacks.join(' '),
];
