// What the data manager sees of ties and says of them, on the broker's data directory.
import type { TieSaid } from '#admission';
import type { AskedPage, TiesAnswer } from '#egress';
import type { IsoDate } from '#kernel';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Ask, withUseCases } from '../data-directory.ts';
import { DATA_MANAGER } from '../looking.ts';
import type { RollSender } from './confirm-roll.ts';
import type { RollRow } from './roll.ts';

// A tie that waits, as `GET /v1/ties` tells it, or the broker's own data to the data manager.

export interface Tie {
  /** The asking agency's pseudonym for the learner; the broker's own id for the data manager. */
  readonly learner: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  /** Whose tie waits. */
  readonly agency: string;
  /** What it would be, were somebody to vouch for it. */
  readonly relationships: readonly string[];
  /** Day on which it was first recorded. */
  readonly since: string;
}

/** Learners that are looked at together. */
const PAGE = 200;

/** All who wait; each look is recorded. */
export const everyWaitingTie = async (context: Context): Promise<readonly Tie[]> => {
  const { tiesView } = await import('#read-models');
  return withUseCases(context, everyPage, { view: tiesView.name });
};

const everyPage = async (ask: Ask): Promise<readonly Tie[]> => {
  const { AskForWaitingTies } = await import('#egress');
  const found: Tie[] = [];
  for (let page: AskedPage = { limit: PAGE }; ;) {
    const told: TiesAnswer = await ask(new AskForWaitingTies({ asker: DATA_MANAGER, page }));
    if (told.outcome !== 'answered') throw new Complaint('The gate refused: the data manager may vouch for nobody.');
    found.push(...told.ties);
    if (told.next === undefined) return found;
    page = { limit: PAGE, cursor: told.next };
  }
};

/** References are read as the agency uses them whose tie it is. */
export const dataManagerOf = (ask: Ask, said: { readonly day: IsoDate; readonly reason?: string }): RollSender<RollRow> => ({
  send: async (rows) => {
    const { ConfirmTies } = await import('#admission/bus');
    return ask(new ConfirmTies({ ties: rows.map(saidIn), ...said }));
  },
});

const saidIn = ({ agency, subject: ref, relationship }: RollRow): TieSaid => ({
  agency,
  ref,
  ...(relationship === undefined ? {} : { relationship }),
});
