import type { Command } from 'commander';
import type { NamedLearner } from '#disclosure';
import type { DisclosuresAsked } from '#egress';
import type { DisclosureEntry } from '#read-models';
import { misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { knownIn, OPERATOR, toldOf } from '../looking.ts';

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
      const { AskWhoSawWhat } = await import('#egress');
      const { disclosures } = await import('#read-models');
      const asked = new AskWhoSawWhat(askedIn(options));
      const { rows } = toldOf(knownIn(await withUseCases(context, (ask) => ask(asked), { view: disclosures.name })));
      if (options.json)
        context.terminal.json(rows.map(({ decidedAt, ...entry }) => ({ ...entry, decidedAt: new Date(decidedAt).toISOString() })));
      else context.terminal.table(HEAD, rows.map(rowOf), 'No decision is recorded.');
    });
};

const askedIn = ({ recipient, learnerOf, limit }: Options): DisclosuresAsked => {
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw misuse('--limit takes a whole number from 1 to 999999.');
  return {
    asker: OPERATOR,
    limit: Number(limit),
    ...(recipient === undefined ? {} : { recipient }),
    ...(learnerOf === undefined ? {} : { about: learnerIn(learnerOf) }),
  };
};

const learnerIn = ([agency, ref, ...more]: readonly string[]): NamedLearner => {
  if (agency === undefined || ref === undefined || more.length > 0)
    throw misuse('--learner-of takes the slug of an agency and its reference for the learner.');
  return { agency, ref };
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
