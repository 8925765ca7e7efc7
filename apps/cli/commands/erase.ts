import { type Command, Option } from 'commander';
import { ERASURE_GROUNDS, type ErasureGround } from '#learner-file';
import type { NamedLearner } from '#disclosure';
import type { WhoSawWhat } from '#egress';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { knownIn, OPERATOR, toldOf } from '../looking.ts';

interface Options {
  readonly ground: ErasureGround;
  readonly recipientsTold?: true;
}

/** More decisions about one learner than a broker makes in years. */
const ALL = 999_999;

export const addEraseCommand = (program: Command, context: Context): void => {
  program
    .command('erase')
    .description('destroy the keys of all that is held of a learner (UK GDPR Art 17); it cannot be undone')
    .argument('<agency>', 'whose reference it is')
    .argument('<ref>', "uln:…, local:<its own id>, its pseudonym, or the broker's own id")
    .addOption(new Option('--ground <letter>', 'the ground, of Art 17(1)').choices(ERASURE_GROUNDS).makeOptionMandatory())
    .option('--recipients-told', 'everybody to whom data of the learner was shown has been told to erase it (Art 19)')
    .action(async (agency: string, ref: string, options: Options) => erase(context, { agency, ref }, options));
};

const erase = async (context: Context, about: NamedLearner, { ground, recipientsTold }: Options): Promise<void> => {
  const [{ AskWhoSawWhat }, { disclosures }, { EraseLearner }] = await Promise.all([
    import('#egress'),
    import('#read-models'),
    import('#rights/bus'),
  ]);
  const learner = await withUseCases(
    context,
    async (ask) => {
      const seen = toldOf(knownIn(await ask(new AskWhoSawWhat({ asker: OPERATOR, about, limit: ALL }))));
      const recipients = recipientsIn(seen);
      if (recipients.length > 0 && recipientsTold === undefined) throw new Complaint(tellFirst(recipients));
      const named = seen.learner ?? '';
      await ask(new EraseLearner({ learner: named, ground }));
      return named;
    },
    { view: disclosures.name },
  );
  context.terminal.line(
    `Erased: nothing that was held of learner ${learner} can be read any more. Copies of keys.sqlite made before still hold its keys: destroy them.`,
  );
};

const recipientsIn = ({ rows }: WhoSawWhat): readonly string[] =>
  [...new Set(rows.filter(({ permitted }) => permitted > 0).map(({ recipient }) => recipient))].sort();

const tellFirst = (recipients: readonly string[]): string =>
  `Nothing was erased. Data of the learner was shown to ${recipients.join(', ')}: tell them to erase it, since afterwards nobody can say who had it; then say so with --recipients-told.`;
