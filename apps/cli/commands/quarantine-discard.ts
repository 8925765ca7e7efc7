// Removes entries for good, and tells who did. What goes is recorded in the log before it is gone.
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { DiscardSelection, QuarantineDiscarded } from '#quarantine';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Ask, withUseCases } from '../data-directory.ts';
import { durationOf } from '../option-values.ts';
import { idOf } from '../quarantine/entries.ts';

interface Options {
  readonly olderThan?: string;
  readonly agency?: string;
  readonly unattributed?: true;
  readonly reason?: string;
  readonly by?: string;
}

export const addDiscardCommands = (quarantine: Command, context: Context): void => {
  quarantine
    .command('discard')
    .description('remove entries for good; that it was done, when and by whom is recorded')
    .argument('[ids...]', 'as `quarantine list` shows them', (text, before: readonly number[] = []) => [...before, idOf(text)])
    .option('--older-than <duration>', 'those that came longer ago, such as P7D')
    .option('--agency <slug>', 'those of one agency')
    .option('--unattributed', 'those that nobody can be held to')
    .option('--reason <text>', 'why, for the record')
    .option('--by <name>', 'who, for the record (default: the user of this system)')
    .action(async (ids: readonly number[], options: Options) => {
      const asked = askedFor(ids, options);
      await withUseCases(context, (ask) => discard(context, ask, { asked, options }));
    });
  quarantine
    .command('discards')
    .description('what was discarded, when and by whom, oldest first')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => listDiscards(context, json));
};

type Asked = Omit<DiscardSelection, 'before'> & { readonly age?: number };

interface ToDiscard {
  readonly asked: Asked;
  readonly options: Options;
}

const askedFor = (ids: readonly number[], { olderThan, agency, unattributed }: Options): Asked => {
  const narrowed = [olderThan, agency, unattributed].some((one) => one !== undefined);
  if (ids.length > 0 === narrowed) throw misuse('Give the numbers of entries, or which of them: --older-than, --agency, --unattributed.');
  if (agency !== undefined && unattributed) throw misuse('Give --agency or --unattributed: no entry is both.');
  return {
    ...(ids.length === 0 ? {} : { ids: [...new Set(ids)] }),
    ...(agency === undefined ? {} : { agency }),
    ...(unattributed === undefined ? {} : { unattributed }),
    ...(olderThan === undefined ? {} : { age: durationOf(olderThan) }),
  };
};

const discard = async ({ terminal }: Context, ask: Ask, { asked, options }: ToDiscard): Promise<void> => {
  const { DiscardQuarantined } = await import('#quarantine/bus');
  const by = options.by ?? userInfo().username;
  const discarded = await ask(
    new DiscardQuarantined({ ...asked, by, ...(options.reason === undefined ? {} : { reason: options.reason }) }),
  );
  if (!discarded.ok) throw new Complaint(discarded.error.says);
  const { entries, bytes } = discarded.value;
  if (entries === 0) return terminal.note('No entry is meant: nothing was discarded.');
  return terminal.line(`${entries} ${entries === 1 ? 'entry is' : 'entries are'} discarded, ${bytes} bytes.`);
};

const HEAD = ['when', 'by', 'which', 'entries', 'bytes', 'reason'];

const listDiscards = async (context: Context, json: true | undefined): Promise<void> => {
  const { terminal } = context;
  const { ListDiscards } = await import('#quarantine/bus');
  const discards = await withUseCases(context, (ask) => ask(new ListDiscards({})));
  if (json)
    return terminal.json(
      discards.map(({ at, before, ...rest }) => ({
        at: instant(at),
        ...rest,
        ...(before === undefined ? {} : { before: instant(before) }),
      })),
    );
  return terminal.table(HEAD, discards.map(rowOf), 'Nothing was discarded.');
};

const instant = (at: number): string => new Date(at).toISOString();

const rowOf = ({ at, by, entries, bytes, reason, ...named }: QuarantineDiscarded): readonly string[] => [
  instant(at),
  by,
  whichOf(named),
  String(entries),
  String(bytes),
  reason ?? '',
];

const whichOf = ({ ids, agency, unattributed, before }: DiscardSelection): string =>
  [
    ...(ids === undefined ? [] : [ids.join(' ')]),
    ...(agency === undefined ? [] : [`of ${agency}`]),
    ...(unattributed === undefined ? [] : ['not attributed']),
    ...(before === undefined ? [] : [`before ${instant(before)}`]),
  ].join(', ');
