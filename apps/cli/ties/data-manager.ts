// What the data manager sees of ties and says of them, on the broker's data directory.
import type { Receipt } from '#client';
import { DATA_MANAGER, type IsoDate, type LearnerId, problemDetails, sourceOf } from '#kernel';
import type { BrokerNode } from '../../broker/node.ts';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { learnerNamed } from '../learner-reference.ts';
import { queryViews } from '../views.ts';
import type { RollSender } from './confirm-roll.ts';
import type { RollRow } from './roll.ts';
import type { Tie } from './tie.ts';

/** Learners that are looked at together. */
const PAGE = 200;

/** All who wait; each look is recorded. */
export const everyWaitingTie = async (context: Context): Promise<readonly Tie[]> => {
  const { tieProposals, tiesView } = await import('#read-models');
  return queryViews(context, tiesView.name, async (views, { waitingTies }) => {
    const found: Tie[] = [];
    for (let after: LearnerId | undefined = ''; after !== undefined;) {
      const { rows, next } = await tieProposals(views, { outwards: [], after, limit: PAGE });
      found.push(...(await waitingTies.ofAll(rows)));
      after = next;
    }
    return found;
  });
};

/** References are read as the agency uses them whose tie it is. */
export const dataManagerOf = (
  node: BrokerNode,
  { day, reason }: { readonly day: IsoDate; readonly reason?: string },
): RollSender<RollRow> => ({
  send: async (rows) => {
    const named: (LearnerId | Receipt)[] = [];
    for (const row of rows) named.push(await learnerOf(node, row));
    const ties = rows.flatMap(({ agency, relationship }, place) => {
      const learner = named[place];
      if (typeof learner !== 'string') return [];
      return [
        { learner, agency, day, ...(relationship === undefined ? {} : { relationship }), ...(reason === undefined ? {} : { reason }) },
      ];
    });
    const receipts = (await node.dataManager.confirm(ties)).values();
    return named.flatMap((one) => (typeof one === 'string' ? (receipts.next().value ?? []) : one));
  },
});

const learnerOf = async (node: BrokerNode, { agency, subject: ref }: RollRow): Promise<LearnerId | Receipt> => {
  try {
    return await learnerNamed(node, node.streams, { agency, ref });
  } catch (cause) {
    if (!(cause instanceof Complaint)) throw cause;
    const [status, code] = node.agencies.bySlug(agency) ? [404, 'no-such-learner'] : [400, 'schema'];
    return { id: null, source: sourceOf(DATA_MANAGER), outcome: 'rejected', problem: problemDetails(status, code, cause.message) };
  }
};
