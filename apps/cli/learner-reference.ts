// How an operator names a learner: as an agency does, or by the broker's own id.
import { type LearnerId, londonDate } from '#kernel';
import { learnerStream, LearnerStreams, whomItMeans } from '#learner-file';
import { Draft, untilComplete } from '#unit-of-work';
import type { BrokerNode } from '../broker/node.ts';
import { Complaint } from './complaint.ts';

const OWN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Learners that one command holds in memory. */
const FEW = 100;

export const streamsOf = ({ store, vault, catalogue }: BrokerNode): LearnerStreams =>
  new LearnerStreams({ store, vault, catalogue, learners: FEW });

/** `ref` is `uln:…`, `local:…` or a pseudonym as `agency` uses them, or the broker's own id of the learner. */
export const learnerNamed = async (
  node: BrokerNode,
  streams: LearnerStreams,
  { agency, ref }: { readonly agency: string; readonly ref: string },
): Promise<LearnerId> => {
  if (!node.agencies.bySlug(agency)) throw new Complaint(`There is no agency ${agency}: \`concordat agency list\` shows those there are.`);
  const id = await resolve(node, streams, agency, ref);
  const known = id !== undefined && (await streams.files.load(learnerStream(id))).revision >= 0;
  if (!known) throw new Complaint(`${agency} knows no learner by that reference: give uln:…, local:<its own id> or a pseudonym of its.`);
  return id;
};

const resolve = async (node: BrokerNode, streams: LearnerStreams, agency: string, ref: string): Promise<LearnerId | undefined> => {
  if (OWN_ID.test(ref)) return ref;
  if (ref.startsWith('psn:')) return node.pseudonyms.resolve(agency, ref);
  const at = node.clock.now();
  const { register } = node.registers.inForce(londonDate(at));
  const { named } = await untilComplete(() => {
    const draft = new Draft();
    return { named: whomItMeans({ draft, streams, register, at }, agency, ref), missing: draft.missing };
  });
  return named;
};
