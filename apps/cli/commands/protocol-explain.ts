import { type Command, InvalidArgumentError } from 'commander';
import type { ExplainedItem, Explanation } from '#disclosure';
import type { Route } from '#sharing-protocols';
import type { Context } from '../context.ts';
import { misuse } from '../complaint.ts';
import { withUseCases } from '../data-directory.ts';
import { knownIn, OPERATOR, toldOf } from '../looking.ts';
import { alignedLines } from '../terminal.ts';

interface Options {
  readonly agency: string;
  readonly purpose: readonly string[];
  readonly learner: string;
  readonly route: Route;
  readonly json?: true;
}

const ROUTES: readonly string[] = ['learner', 'feed', 'list', 'aggregate'];

const routeOf = (text: string): string => {
  if (!ROUTES.includes(text)) throw new InvalidArgumentError(`Give one of ${ROUTES.join(', ')}.`);
  return text;
};

const purposesOf = (text: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...text.split(',').map((word) => word.trim()),
];

export const addProtocolExplain = (protocol: Command, context: Context): void => {
  protocol
    .command('explain')
    .description("for each item of a learner's file: which clause lets an agency see it, or what is lacking; nothing of what the items say")
    .requiredOption('--agency <slug>', 'who would see it')
    .requiredOption('--purpose <id>', 'for what; may be given several times', purposesOf, [])
    .requiredOption('--learner <ref>', 'uln:…, local:<id of that agency>, its pseudonym, or the id of the broker')
    .option('--route <route>', 'learner, feed, list or aggregate', routeOf, 'learner')
    .option('--json', 'as JSON')
    .action(async ({ agency, purpose: purposes, learner: ref, route, json }: Options) => {
      const { AskForExplanation } = await import('#egress');
      const asked = new AskForExplanation({ asker: OPERATOR, agency, ref, purposes, route });
      const told = await withUseCases(context, (ask) => ask(asked));
      if (!told.ok && told.error.code === 'purpose-unknown') throw misuse(told.error.says);
      const explanation = toldOf(knownIn(told)) ?? NOTHING_HELD;
      if (json) context.terminal.json(explanation);
      else tell(context, { agency, purposes, route }, explanation);
    });
};

const NOTHING_HELD: Explanation = { relationships: [], items: [] };

const tell = (
  { terminal }: Context,
  { agency, purposes, route }: Pick<Options, 'agency' | 'route'> & { readonly purposes: readonly string[] },
  { relationships, items }: Explanation,
): void => {
  terminal.line(
    `Relationships of ${agency} with the learner: ${relationships.join(', ') || 'none'}. For ${purposes.join(', ')}, by the route ${route}:`,
  );
  const heads = alignedLines(items.map(headOf));
  items.forEach(({ why }, place) => terminal.lines(['', heads[place] ?? '', ...why.map((sentence) => `    ${sentence}`)]));
  const permitted = items.filter((item) => item.permitted).length;
  terminal.lines(['', `${permitted} of ${items.length} items permitted.`]);
};

const headOf = ({ position, type, category, source, permitted }: ExplainedItem): readonly string[] => [
  `position ${position}`,
  permitted ? 'permitted' : 'refused',
  type,
  category,
  `from ${source}`,
];
