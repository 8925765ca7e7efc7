import { Argument, type Command, Option } from 'commander';
import type { FindingsShown, MatchShown, QueueFinding } from '#egress';
import { MATCH_OUTCOMES, type MatchOutcome, QUEUE_KINDS, type QueueKind } from '#learner-file';
import { MATCH_STATES_ASKED, type MatchStateAsked } from '#read-models';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { DATA_MANAGER, knownIn } from '../looking.ts';
import { addFindingCommands } from './data-quality-findings.ts';

interface Settling {
  readonly reason: string;
  readonly staff?: string;
  readonly right?: string;
}

export const addDataQualityCommand = (program: Command, context: Context): void => {
  const queue = program.command('data-quality').description('what a data manager has to look at, and decides');
  addList(queue, context);
  addFindingCommands(queue, context);
  queue
    .command('show')
    .description('the records of a match side by side: what each source stated; each look is recorded')
    .argument('<match>', 'its id, of the list')
    .action(async (match: string) => context.terminal.json(await matchShown(context, match)));
  queue
    .command('decide')
    .description('whether the two of a match are one person: `same` merges their records, which `unmerge` takes back exactly')
    .argument('<match>', 'its id, of the list')
    .addArgument(new Argument('<outcome>', 'what they are; deferred: not to be told yet').choices(MATCH_OUTCOMES))
    .requiredOption('--reason <text>', 'why, for whoever looks at it later')
    .option('--right <learner>', 'of two who are one, with two ULNs: in whose record the right one is')
    .option('--staff <name>', 'who decided')
    .action(async (match: string, outcome: MatchOutcome, options: Settling) => settle(context, { match, outcome, ...options }));
  queue
    .command('unmerge')
    .description('give each of two who were merged the own record again')
    .argument('<match>', 'its id, of the list')
    .requiredOption('--reason <text>', 'why, for whoever looks at it later')
    .option('--staff <name>', 'who decided')
    .action(async (match: string, options: Settling) => settle(context, { match, ...options }));
};

const addList = (queue: Command, context: Context): void => {
  queue
    .command('list')
    .description(
      'possible matches, one number for several people, identifiers in conflict, assessments recorded apart: learners by the id of the broker',
    )
    .addOption(new Option('--state <state>', 'those alone of which that was decided, or anything').choices(MATCH_STATES_ASKED))
    .addOption(new Option('--kind <kind>', 'those alone that were found so').choices(QUEUE_KINDS))
    .option('--json', 'as JSON')
    .action(async ({ json, state, kind }: { readonly json?: true; readonly state?: MatchStateAsked; readonly kind?: QueueKind }) => {
      const rows = await findingsShown(context, { ...(state && { state }), ...(kind && { kind }) });
      if (json) context.terminal.json(rows.map((one) => ({ ...dated(one), waiting: one.waiting.map(dated) })));
      else context.terminal.table(['since', 'state', 'agency', 'beside', 'match'], rows.map(rowOf), 'There is nothing to look at.');
    });
};

interface ToSettle extends Settling {
  readonly match: string;
  /** Absent: they are to be two again. */
  readonly outcome?: MatchOutcome;
}

const settle = async (context: Context, { outcome, ...said }: ToSettle): Promise<void> => {
  const [{ DecideMatch, Unmerge }, { dataQuality }] = await Promise.all([import('#admission/bus'), import('#read-models')]);
  const command = outcome === undefined ? new Unmerge(said) : new DecideMatch({ ...said, outcome });
  const settled = knownIn(await withUseCases(context, (ask) => ask(command), { view: dataQuality.name }));
  const goesOn = settled.goesOn === undefined ? '' : ` Both are known as ${settled.goesOn} from now on.`;
  context.terminal.line(`Recorded at position ${settled.position}: ${settled.outcome}.${goesOn}`);
};

/** Throws a `Complaint` where there is no such match, or no protocol in force shows it to the data manager. */
const matchShown = async (context: Context, match: string): Promise<Omit<MatchShown, 'outcome' | 'position'>> => {
  const [{ AskForMatch }, { dataQuality }] = await Promise.all([import('#egress'), import('#read-models')]);
  const shown = await withUseCases(context, (ask) => ask(new AskForMatch({ asker: DATA_MANAGER, match })), { view: dataQuality.name });
  if (shown === undefined) throw new Complaint('There is no such match: take its id from `concordat data-quality list`.');
  if (shown.outcome === 'not-permitted') throw new Complaint(NOT_IN_FORCE);
  const { finding, records, conflicts, numbers, agreeOn, differOn } = shown;
  return { finding, records, conflicts, numbers, agreeOn, differOn };
};

const NOT_IN_FORCE = 'No protocol in force shows the queue to the data manager: bring `data-quality` in force.';

/** Throws a `Complaint` where no protocol in force shows the data manager anything. */
const findingsShown = async (
  context: Context,
  chosen: { readonly state?: MatchStateAsked; readonly kind?: QueueKind },
): Promise<readonly QueueFinding[]> => {
  const [{ AskForDataQuality }, { dataQuality, tiesView }] = await Promise.all([import('#egress'), import('#read-models')]);
  return withUseCases(
    context,
    async (ask) => {
      const found: QueueFinding[] = [];
      for (let page: { readonly cursor?: string } | undefined = {}; page;) {
        const told: FindingsShown = await ask(new AskForDataQuality({ asker: DATA_MANAGER, ...chosen, ...page }));
        if (told.outcome !== 'answered') throw new Complaint(NOT_IN_FORCE);
        found.push(...told.findings);
        page = told.next === undefined ? undefined : { cursor: told.next };
      }
      return found;
    },
    { view: [dataQuality.name, tiesView.name] },
  );
};

const dated = <Found extends { readonly openedAt: number }>({ openedAt, ...found }: Found) => ({
  ...{ ...found, openedAt: new Date(openedAt).toISOString() },
});

const rowOf = ({ match, openedAt, state, agency, beside }: QueueFinding): readonly string[] => [
  new Date(openedAt).toISOString(),
  state,
  agency ?? '',
  beside ?? '',
  match,
];
