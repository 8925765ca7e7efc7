// A page of whose ties wait for a voucher: a list like any other, but that its rows are made of no items and rest on no clause: who stands
// has to know for whom it may vouch (sharing-matrix.md, W6).
import type { Asker } from '#access';
import { type AgencySlug, type Instant, type IsoDate, type LearnerId, londonDate, type Position } from '#kernel';
import type { WaitingParty } from '../decision-record.ts';
import type { GateParts } from '../gate-parts.ts';
import { learnerAt } from '../moment.ts';
import { askForPage, type DecidePage, namedFor } from './list-page.ts';
import type { ListQuestion, LearnerNamed } from './list-question.ts';
import type { PageRow } from './page-rows.ts';
import { mayVouch, waitingParties } from './waiting-parties.ts';

/** Name of the list. */
export const TIES = 'ties';

export interface TieCandidate {
  readonly learner: LearnerId;
  /** All who have to do with the learner, and since when. */
  readonly parties: readonly { readonly agency: AgencySlug; readonly since: Instant }[];
}

export interface TiesInquiry extends Pick<ListQuestion, 'parameters'> {
  readonly asker: Asker;
  readonly candidates: readonly TieCandidate[];
}

export interface WaitingTie extends LearnerNamed, WaitingParty {
  /** Day (London) on which the first about it was recorded. */
  readonly since: IsoDate;
}

/** `not-permitted`: it can vouch for nobody. */
export type TiesAnswer =
  | { readonly outcome: 'answered'; readonly ties: readonly WaitingTie[]; readonly position: Position }
  | { readonly outcome: 'not-permitted'; readonly position: Position };

interface TiesRow extends PageRow {
  readonly candidate: TieCandidate;
  readonly waiting: readonly WaitingParty[];
}

const OF_NO_ITEMS = { anchor: [], beside: [] };
const NOTHING = { outcome: 'answered', permitted: [], refused: [] } as const;

/** In the order of the candidates. Rejects as `askForPage` does. */
export const askForTies = async (parts: GateParts, inquiry: TiesInquiry): Promise<TiesAnswer> => {
  const question = { list: TIES, purposes: [], items: OF_NO_ITEMS, limit: inquiry.candidates.length };
  const { rows, refused, position } = await askForPage(parts, { ...question, ...inquiry }, decideOn(parts, inquiry));
  return refused === undefined
    ? { outcome: 'answered', ties: rows.flatMap((row) => tiesIn(parts, row)), position }
    : { outcome: 'not-permitted', position };
};

const decideOn =
  (parts: GateParts, { candidates }: TiesInquiry): DecidePage<TiesRow> =>
  (moment, reader) => {
    if (!mayVouch(reader)) return { rows: [], looked: 0, refused: [] };
    const rows = candidates.flatMap((candidate) => {
      const learner = learnerAt(parts, moment, candidate.learner);
      const parties = candidate.parties.map(({ agency }) => agency);
      const context = learner && { ...learner, reader };
      const waiting = context ? waitingParties(context, parties) : [];
      const asked = { ...OF_NO_ITEMS, parties };
      return context && waiting.length > 0 ? [{ candidate, context, asked, waiting, decided: { ...NOTHING, waiting } }] : [];
    });
    return { rows, looked: candidates.length };
  };

const tiesIn = (parts: GateParts, { candidate, context, waiting }: TiesRow): readonly WaitingTie[] => {
  const since = new Map(candidate.parties.map((party) => [party.agency, party.since]));
  return waiting.map((tie) => ({ ...namedFor(parts, context), ...tie, since: londonDate(since.get(tie.agency) ?? context.at) }));
};
