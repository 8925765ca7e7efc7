import { type Command, Option } from 'commander';
import { ERASURE_GROUNDS, type ErasureGround } from '#learner-file';
import type { NamedLearner } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Ask, withUseCases } from '../data-directory.ts';
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
    .option('--recipients-told', 'agencies that take part no more, and were shown data of the learner, have been told to erase it (Art 19)')
    .action(async (agency: string, ref: string, options: Options) => erase(context, { agency, ref }, options));
};

const erase = async (context: Context, about: NamedLearner, { ground, recipientsTold }: Options): Promise<void> => {
  const [{ disclosures }, { EraseLearner }] = await Promise.all([import('#read-models'), import('#rights/bus')]);
  const done = await withUseCases(
    context,
    async (ask) => {
      const { learner, strangers } = await seenBy(ask, about);
      if (strangers.length > 0 && recipientsTold === undefined) throw new Complaint(tellFirst(strangers));
      return { learner, ...(await ask(new EraseLearner({ learner, ground }))) };
    },
    { view: disclosures.name },
  );
  context.terminal.line(
    `Erased: nothing that was held of learner ${done.learner} can be read any more. ${noticesSent(done.notified)} Copies of keys.sqlite made before still hold its keys: destroy them.`,
  );
};

interface Seen {
  readonly learner: LearnerId;
  /** Who was shown anything and takes part no more: no notice reaches them. */
  readonly strangers: readonly AgencySlug[];
}

const seenBy = async (ask: Ask, about: NamedLearner): Promise<Seen> => {
  const [{ AskWhoSawWhat }, { ListAgencies }] = await Promise.all([import('#egress'), import('#agencies/bus')]);
  const { learner = '', rows } = toldOf(knownIn(await ask(new AskWhoSawWhat({ asker: OPERATOR, about, limit: ALL }))));
  const shown = new Set(rows.filter(({ permitted }) => permitted > 0).map(({ recipient }) => recipient));
  const all = await ask(new ListAgencies({}));
  const strangers = all.filter(({ agency, state }) => shown.has(agency.slug) && state !== 'taking-part');
  return { learner, strangers: strangers.map(({ agency }) => agency.slug) };
};

const tellFirst = (agencies: readonly string[]): string =>
  `Nothing was erased. Data of the learner was shown to ${agencies.join(', ')}, who take part no more and get no notice: tell them to erase it, since afterwards nobody can say who had it; then say so with --recipients-told.`;

const noticesSent = (agencies: readonly string[]): string =>
  agencies.length === 0
    ? 'Nobody else was shown anything.'
    : `Notices went to ${agencies.join(', ')}: \`concordat notices --overdue\` lists who does not answer in time.`;
