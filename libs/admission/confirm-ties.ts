// A roll of ties for which the data manager vouches: learners are named as the agency names them whose tie it is.
import type { NamedLearner, NamedLearners } from '#disclosure';
import { DATA_MANAGER, type IsoDate, type LearnerId, problemDetails, sourceOf } from '#kernel';
import type { DataManager, TieToConfirm } from './data-manager.ts';
import type { Receipt } from './receipts.ts';

export interface TieSaid extends NamedLearner {
  readonly relationship?: string;
}

export interface TiesSaid {
  readonly ties: readonly TieSaid[];
  /** From the start of which they hold. */
  readonly day: IsoDate;
  readonly reason?: string;
}

export interface ConfirmingTies {
  readonly dataManager: DataManager;
  readonly namedLearners: NamedLearners;
}

/** A receipt for each, in their order. Rejects with `EventStoreError` where nothing could be recorded. */
export const confirmTies = async (
  { dataManager, namedLearners }: ConfirmingTies,
  { ties, day, reason }: TiesSaid,
): Promise<readonly Receipt[]> => {
  const named: (TieToConfirm | Receipt)[] = [];
  for (const { relationship, ...learner } of ties) {
    const known = await learnerOf(namedLearners, learner);
    const said = { day, ...(relationship === undefined ? {} : { relationship }), ...(reason === undefined ? {} : { reason }) };
    named.push(typeof known === 'string' ? { learner: known, agency: learner.agency, ...said } : known);
  }
  const receipts = (await dataManager.confirm(named.filter(isToConfirm))).values();
  return named.flatMap((one) => (isToConfirm(one) ? (receipts.next().value ?? []) : one));
};

const isToConfirm = (one: TieToConfirm | Receipt): one is TieToConfirm => 'learner' in one && 'day' in one;

const learnerOf = async (namedLearners: NamedLearners, named: NamedLearner): Promise<LearnerId | Receipt> => {
  const found = await namedLearners.find(named);
  if (found.ok) return found.value;
  const { code, says } = found.error;
  const problem = code === 'no-such-agency' ? problemDetails(400, 'schema', says) : problemDetails(404, code, says);
  return { id: null, source: sourceOf(DATA_MANAGER), outcome: 'rejected', problem };
};
