// Asks the gate, as the operator, why an agency may see, or not see, each item of a learner's file.
import type { Explanation } from '#disclosure';
import { type AgencySlug, londonDate } from '#kernel';
import type { Route } from '#sharing-protocols';
import type { BrokerNode } from '../../broker/node.ts';
import { misuse } from '../complaint.ts';
import { learnerNamed, streamsOf } from '../learner-reference.ts';
import { OPERATOR, toldOf } from '../looking.ts';

export interface ToExplain {
  readonly agency: AgencySlug;
  /** See `learnerNamed`. */
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly route: Route;
}

export const explanationFor = async (node: BrokerNode, { agency, ref, purposes, route }: ToExplain): Promise<Explanation> => {
  const { purposes: known } = node.registers.inForce(londonDate(node.clock.now()));
  const strange = purposes.find((purpose) => !known.has(purpose));
  if (strange !== undefined) throw misuse(`No protocol in force has the purpose ${strange}: there are ${[...known].join(', ') || 'none'}.`);
  const learner = await learnerNamed(node, streamsOf(node), { agency, ref });
  const explanation = toldOf(await node.gate.explain({ asker: OPERATOR, learner, agency, purposes, route }));
  return explanation ?? { relationships: [], items: [] };
};
