import { type Command, InvalidArgumentError } from 'commander';
import type { QuarantineContent } from '#egress';
import type { QuarantineEntry, QuarantineState } from '#quarantine';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Ask, withUseCases } from '../data-directory.ts';
import { OPERATOR, toldOf } from '../looking.ts';
import { idOf, letGoLines, retryEntries } from '../quarantine/entries.ts';
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
    .action(async (options: ListOptions) => list(context, options));
  quarantine
    .command('show')
    .description('one entry; its content only with --content, since it may be personal data')
    .argument('<id>', 'as `quarantine list` shows it', idOf)
    .option('--content', 'print what was sent, too: it may be personal data')
    .option('--json', 'as JSON')
    .action(async (id: number, options: ShowOptions) => show(context, { ...options, id }));
  quarantine
    .command('retry')
    .description('judge an entry again, as things stand now')
    .argument('[id]', 'as `quarantine list` shows it', idOf)
    .option('--all', 'every entry that waits')
    .action(async (id: number | undefined, { all }: { readonly all?: true }) => {
      if ((id === undefined) === (all === undefined)) throw misuse('Give the number of one entry, or --all.');
      await withUseCases(context, (ask) => retry(context, ask, id));
    });
  addDiscardCommands(quarantine, context);
};

const list = async (context: Context, { json, ...which }: ListOptions): Promise<void> => {
  const { terminal } = context;
  const { ListQuarantined } = await import('#quarantine/bus');
  const { entries, letGo } = await withUseCases(context, (ask) => ask(new ListQuarantined({ limit: LIMIT, ...which })));
  for (const line of letGoLines(letGo)) terminal.note(line);
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

const found = async (ask: Ask, id: number): Promise<QuarantineEntry> => {
  const { FindQuarantined } = await import('#quarantine/bus');
  const entry = await ask(new FindQuarantined({ id }));
  if (!entry) throw new Complaint(`There is no entry ${id} in quarantine.`);
  return entry;
};

/** Whoever prints what was sent looks at it: that is recorded first. */
const contentShown = async (ask: Ask, entry: number): Promise<string> => {
  const { AskForQuarantineContent } = await import('#egress');
  return textOf(toldOf(await ask(new AskForQuarantineContent({ asker: OPERATOR, entry }))));
};

const textOf = (content: QuarantineContent | undefined): string => {
  if (content === undefined) return '(erased)';
  const { text, digest } = content;
  return digest === undefined ? text : `${text}…\n\nSHA-256 of the whole: ${digest}`;
};

const show = async (context: Context, { id, content, json }: ShowOptions & { readonly id: number }): Promise<void> => {
  const { terminal } = context;
  const { entry, sent } = await withUseCases(context, async (ask) => {
    const one = await found(ask, id);
    return { entry: one, sent: content && (await contentShown(ask, id)) };
  });
  if (json) return terminal.json({ ...withoutSubject(entry), ...(sent === undefined ? {} : { content: sent }) });
  terminal.lines(alignedLines(describe(entry)));
  return sent === undefined ? terminal.note('The content may be personal data: --content prints it.') : terminal.lines(['', sent]);
};

const keptOf = ({ bytes, cut }: Pick<QuarantineEntry, 'bytes' | 'cut'>): string =>
  cut ? `${bytes} bytes, of which the beginning is kept: it cannot be judged again` : `${bytes} bytes`;

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

const retry = async ({ terminal }: Context, ask: Ask, id: number | undefined): Promise<void> => {
  const results = await retryEntries(ask, id === undefined ? await waiting(ask) : [await found(ask, id)]);
  terminal.table(
    ['id', 'state', 'outcome'],
    results.map(({ id: number, state, outcome }) => [String(number), state, outcome]),
    'Nothing waits in quarantine.',
  );
  const refused = results.filter(({ state }) => state === 'waiting').length;
  if (refused > 0) throw new Complaint(`${refused} of ${results.length} ${refused === 1 ? 'entry is' : 'entries are'} refused as before.`);
};

const waiting = async (ask: Ask): Promise<readonly QuarantineEntry[]> => {
  const { ListQuarantined } = await import('#quarantine/bus');
  return (await ask(new ListQuarantined({ state: 'waiting', limit: LIMIT }))).entries;
};
