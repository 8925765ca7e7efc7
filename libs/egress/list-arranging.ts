// Pages of a list whose order rests on what its rows show (views.md, S6, Order): where few may be on it, all of them are decided for each
// page, and the page is cut from their order (ADR 78).
import { isDeepStrictEqual } from 'node:util';
import type { ArrangedPage, Arrangement, ListAnswered, ListRow } from '#disclosure';
import type { Position } from '#kernel';
import { type AnyRow, comparePlaces, type Place } from '#read-models';
import {
  type Asking,
  type From,
  type Gathered,
  type GatheringQuestion,
  inquiryOf,
  type Proposals,
  propose,
  SeenOnce,
  shownIn,
  type ShownRow,
} from './list-rows.ts';

/** Learners whose rows are put in order for one page: as many as keep it within 150 ms. */
export const MOST_ARRANGED = 250;
/** Of lists with a row an event: who may see what is decided once a learner. */
const MOST_EVENTS = 1500;
/** Behind a first page so many times as many, since others may have come meanwhile. */
const LATER = 2;
/** Candidates looked at, whether or not anything of theirs may be shown: how many are not must show in nothing (views.md, V1). */
const MOST_LOOKED = 2000;

/** Undefined where the list is not ordered so, or proposed so; where too many may be on it, and where they fit on one page in any case. */
export const arrangedPage = async (asking: Asking, question: GatheringQuestion, from: From): Promise<Gathered | undefined> => {
  const { list, asked } = question;
  const { rank } = list;
  const isByPlace = (from.after !== undefined && !from.isRanked) || list.isProposedInOrder?.(asked.chosen);
  if (rank === undefined || isByPlace || (!from.isRanked && asking.long.has(question))) return undefined;
  return arranged(asking, question, { ...from, rank });
};

interface FromRank extends From, Pick<Ranking, 'rank'> {}

const arranged = async (asking: Asking, question: GatheringQuestion, { rank, ...from }: FromRank): Promise<Gathered | undefined> => {
  const times = from.isRanked ? LATER : 1;
  const many = question.list.proposesOwn ? MOST_ARRANGED * times : MOST_LOOKED;
  const proposed = await propose(asking, question, { after: undefined, many, limit: many });
  if (proposed.isCut && !from.isRanked) asking.long.note(question);
  const isOnePage = !from.isRanked && proposed.candidates.length <= question.asked.limit;
  if (proposed.isCut || isOnePage) return undefined;
  const most = { learners: MOST_ARRANGED * times, rows: MOST_EVENTS * times };
  return cutFrom(asking, question, { ...proposed, most, rank, behind: from.after });
};

const cutFrom = async (asking: Asking, question: GatheringQuestion, ranking: Ranking & Proposed): Promise<Gathered> => {
  const { position: viewPosition, candidates, isCut, behind } = ranking;
  const arrangement = new ByRank(question, ranking);
  const room = { after: behind, many: candidates.length, limit: question.asked.limit };
  const answer = await asking.gate.list({ ...inquiryOf(question, { ...room, candidates, isCut }), arrangement });
  const told = { position: answer.position, viewPosition };
  if (answer.outcome === 'not-permitted') return { ...told, isOrdered: true, rows: [], refused: answer };
  return { ...told, ...(answer.isArranged ? arrangement.page(answer) : arrangement.first(answer, viewPosition)) };
};

type Proposed = Awaited<ReturnType<typeof propose>>;

interface Ranked {
  readonly shown: ShownRow;
  readonly candidate: number;
  readonly rank: Place;
}

interface Ranking extends Proposals, Pick<Arrangement, 'most'> {
  readonly rank: (row: AnyRow) => Place;
  /** Of the last row of the page before. */
  readonly behind: Place | undefined;
}

/** Of the same items on the same grounds: what may be shown of them may have changed between. */
const isMadeOfTheSame = ({ candidate: _, ...one }: ListRow, { candidate: __, ...other }: ListRow): boolean => isDeepStrictEqual(one, other);

type Page = Omit<Gathered, 'position' | 'viewPosition'>;

class ByRank implements Arrangement {
  readonly most: Arrangement['most'];
  readonly #question: GatheringQuestion;
  readonly #ranking: Ranking;
  readonly #rows = new Map<number, { readonly found: ListRow; readonly shown: readonly ShownRow[] }>();

  constructor(question: GatheringQuestion, ranking: Ranking) {
    this.most = ranking.most;
    this.#question = question;
    this.#ranking = ranking;
  }

  pageOf(rows: readonly ListRow[]): ArrangedPage {
    const { limit } = this.#question.asked;
    const ranked = this.#ranked(rows);
    return { candidates: [...new Set(ranked.slice(0, limit).map(({ candidate }) => candidate))], more: ranked.length > limit };
  }

  page({ rows, more }: ListAnswered): Page {
    const page = this.#ranked(rows).slice(0, this.#question.asked.limit);
    const after = more ? page.at(-1)?.rank : undefined;
    return { rows: page.map(({ shown }) => shown), isOrdered: true, ...(after && { after, isRanked: true as const }) };
  }

  /** Of too many: the first page as the view proposes it, wherever the walk was. */
  first({ rows, looked }: ListAnswered, viewPosition: Position): Page {
    const { candidates } = this.#ranking;
    const after = candidates[looked - 1]?.place;
    const walk = this.#question.list.isOneAPerson && { since: viewPosition };
    const shown = this.#shown(rows).map((one) => one.shown);
    return { rows: shown, isOrdered: false, ...(after && { after }), ...walk };
  }

  #shown(rows: readonly ListRow[]): readonly Pick<Ranked, 'shown' | 'candidate'>[] {
    const seen = new SeenOnce();
    return rows.flatMap((found) => this.#made(found, seen).map((shown) => ({ shown, candidate: found.candidate })));
  }

  /** What leaves is opened again once it is recorded; what is made of the same as before is made once. */
  #made(found: ListRow, seen: SeenOnce): readonly ShownRow[] {
    const { candidate } = found;
    const before = this.#rows.get(candidate);
    if (before && isMadeOfTheSame(before.found, found)) return before.shown;
    const shown = shownIn(this.#question, found, this.#ranking.candidates[candidate], seen);
    this.#rows.set(candidate, { found, shown });
    return shown;
  }

  /** Those that the filters choose, behind the page before. Of equals the view's order counts. */
  #ranked(rows: readonly ListRow[]): readonly Ranked[] {
    const { candidates, rank, behind } = this.#ranking;
    return this.#shown(rows)
      .map((one) => ({ ...one, rank: [...rank(one.shown.row), ...(candidates[one.candidate]?.place ?? [])] }))
      .filter((one) => behind === undefined || comparePlaces(one.rank, behind) > 0)
      .sort((one, other) => comparePlaces(one.rank, other.rank));
  }
}
