import { type Command, InvalidArgumentError } from 'commander';
import type { UseCases } from '#bus/nest';
import type { QuarantineEntry, QuarantineState } from '#quarantine';
import type { BrokerNode } from '../../broker/node.ts';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withNode, withUseCases } from '../data-directory.ts';
import { OPERATOR, toldOf } from '../looking.ts';
import { contentOf, keptOf } from '../quarantine/content.ts';
import { idOf } from '../quarantine/entry-id.ts';
import { letGoLines } from '../quarantine/let-go.ts';
import { retryEntries } from '../quarantine/retry.ts';
import { alignedLines } from '../terminal.ts';
import { addDiscardCommands } from './quarantine-discard.ts';

const LIMIT = 100_000;
const STATES: readonly string[] = ['waiting', 'resolved'];

interface ListOptions {
  readonly state?: QuarantineState;
  readonly agency?: string;
  readonly json?: true;
}

interface ShowOptions {
  readonly content?: true;
  readonly json?: true;
}

const stateOf = (text: string): string => {
  if (!STATES.includes(text)) throw new InvalidArgumentError(`Give one of ${STATES.join(', ')}.`);
  return text;
};

export const addQuarantineCommands = (program: Command, context: Context): void => {
  const quarantine = program.command('quarantine').description('messages and events that were refused');
  quarantine
    .command('list')
    .description('what was refused, oldest first')
    .option('--state <state>', 'waiting or resolved', stateOf)
    .option('--agency <slug>', 'of one agency')
    .option('--json', 'as JSON')
    .action(async (options: ListOptions) => withNode(context, async (node) => list(context, node, options)));
  quarantine
    .command('show')
    .description('one entry; its content only with --content, since it may be personal data')
    .argument('<id>', 'as `quarantine list` shows it', idOf)
    .option('--content', 'print what was sent, too: it may be personal data')
    .option('--json', 'as JSON')
    .action(async (id: number, options: ShowOptions) => withNode(context, async (node) => show(context, node, { ...options, id })));
  quarantine
    .command('retry')
    .description('judge an entry again, as things stand now')
    .argument('[id]', 'as `quarantine list` shows it', idOf)
    .option('--all', 'every entry that waits')
    .action(async (id: number | undefined, { all }: { readonly all?: true }) => {
      if ((id === undefined) === (all === undefined)) throw misuse('Give the number of one entry, or --all.');
      await withUseCases(context, async (useCases, node) => retry(context, { useCases, node }, id));
    });
  addDiscardCommands(quarantine, context);
};

const list = async ({ terminal }: Context, { quarantine }: BrokerNode, { state, agency, json }: ListOptions): Promise<void> => {
  const asked = { ...(state === undefined ? {} : { state }), ...(agency === undefined ? {} : { agency }) };
  const entries = await quarantine.list({ limit: LIMIT, ...asked });
  for (const line of letGoLines(await quarantine.letGo())) terminal.note(line);
  if (json) return terminal.json(entries.map(withoutSubject));
  return terminal.table(['id', 'received', 'agency', 'kind', 'state', 'code', 'says'], entries.map(rowOf), 'Nothing is in quarantine.');
};

const rowOf = ({ id, receivedAt, agency, kind, state, code, says }: QuarantineEntry): readonly string[] => [
  String(id),
  new Date(receivedAt).toISOString(),
  agency ?? '',
  kind,
  state,
  code,
  says,
];

/** The blind name is of use to the broker alone. */
const withoutSubject = ({ subject: _subject, receivedAt, ...entry }: QuarantineEntry): object => ({
  ...entry,
  receivedAt: new Date(receivedAt).toISOString(),
});

const found = async ({ quarantine }: BrokerNode, id: number): Promise<QuarantineEntry> => {
  const entry = await quarantine.find(id);
  if (!entry) throw new Complaint(`There is no entry ${id} in quarantine.`);
  return entry;
};

/** Whoever prints what was sent looks at it: that is recorded first. */
const contentShown = async ({ gate, quarantine }: BrokerNode, entry: QuarantineEntry): Promise<string> => {
  const inquiry = { asker: OPERATOR, asked: 'quarantine-content', parameters: { entry: entry.id } } as const;
  return toldOf(await gate.look(inquiry, () => contentOf(quarantine, entry)));
};

const show = async (
  { terminal }: Context,
  node: BrokerNode,
  { id, content, json }: ShowOptions & { readonly id: number },
): Promise<void> => {
  const entry = await found(node, id);
  const sent = content && (await contentShown(node, entry));
  if (json) return terminal.json({ ...withoutSubject(entry), ...(sent === undefined ? {} : { content: sent }) });
  terminal.lines(alignedLines(describe(entry)));
  return sent === undefined ? terminal.note('The content may be personal data: --content prints it.') : terminal.lines(['', sent]);
};

const describe = ({
  id,
  receivedAt,
  channel,
  origin,
  agency,
  kind,
  state,
  code,
  says,
  outcome,
  ...entry
}: QuarantineEntry): readonly (readonly string[])[] => [
  ['id', String(id)],
  ['received', `${new Date(receivedAt).toISOString()} by ${origin ?? channel}`],
  ['agency', agency ?? '(not attributed)'],
  ['kind', `${kind}, ${keptOf(entry)}`],
  ['state', state],
  ['code', code],
  ['says', says],
  ['last retry', outcome ?? 'none'],
];

interface Retrying {
  readonly useCases: UseCases;
  readonly node: BrokerNode;
}

const retry = async ({ terminal }: Context, { useCases, node }: Retrying, id: number | undefined): Promise<void> => {
  const entries = id === undefined ? await node.quarantine.list({ state: 'waiting', limit: LIMIT }) : [await found(node, id)];
  const results = await retryEntries({ useCases, quarantine: node.quarantine }, entries);
  terminal.table(
    ['id', 'state', 'outcome'],
    results.map(({ id: number, state, outcome }) => [String(number), state, outcome]),
    'Nothing waits in quarantine.',
  );
  const waiting = results.filter(({ state }) => state === 'waiting').length;
  if (waiting > 0) throw new Complaint(`${waiting} of ${results.length} ${waiting === 1 ? 'entry is' : 'entries are'} refused as before.`);
};
