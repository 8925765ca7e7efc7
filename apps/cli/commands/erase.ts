import { type Command, Option } from 'commander';
import { takesPart } from '#agencies';
import { ERASURE_GROUNDS, type ErasureGround } from '#learner-file';
import type { BrokerNode } from '../../broker/node.ts';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';

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

const erase = async (
  context: Context,
  named: { readonly agency: string; readonly ref: string },
  { ground, recipientsTold }: Options,
): Promise<void> => {
  const { disclosures } = await import('#read-models');
  const { queryViews } = await import('../views.ts');
  const { learnerNamed, streamsOf } = await import('../learner-reference.ts');
  const { withUseCasesOf } = await import('../data-directory.ts');
  const { EraseLearner } = await import('#rights/bus');
  await queryViews(context, disclosures.name, async (_views, node) => {
    const streams = streamsOf(node);
    const learner = await learnerNamed(node, streams, named);
    const strangers = await noLongerPartners(node, learner);
    if (strangers.length > 0 && recipientsTold === undefined) throw new Complaint(tellFirst(strangers));
    const { notified } = await withUseCasesOf(node, (useCases) => useCases.run(new EraseLearner({ learner, ground }), 'cli'));
    context.terminal.line(
      `Erased: nothing that was held of learner ${learner} can be read any more. ${noticesSent(notified)} Copies of keys.sqlite made before still hold its keys: destroy them.`,
    );
  });
};

/** Whoever was shown anything and takes part no more: no notice reaches them. */
const noLongerPartners = async ({ views, agencies }: BrokerNode, learner: string): Promise<readonly string[]> => {
  const { listDisclosures } = await import('#read-models');
  const { rows } = await listDisclosures(views, { learner, limit: ALL });
  const shown = new Set(rows.filter(({ permitted }) => permitted > 0).map(({ recipient }) => recipient));
  return agencies
    .list()
    .filter((agency) => shown.has(agency.slug) && !takesPart(agency))
    .map(({ slug }) => slug);
};

const tellFirst = (agencies: readonly string[]): string =>
  `Nothing was erased. Data of the learner was shown to ${agencies.join(', ')}, who take part no more and get no notice: tell them to erase it, since afterwards nobody can say who had it; then say so with --recipients-told.`;

const noticesSent = (agencies: readonly string[]): string =>
  agencies.length === 0
    ? 'Nobody else was shown anything.'
    : `Notices went to ${agencies.join(', ')}: \`concordat notices --overdue\` lists who does not answer in time.`;
