// One handler for all lists: the view proposes, the gate disposes, and only of what it let through rows are made (ADR 0027).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Gate, type ListAnswered, type ListInquiry, type ListRow, PageCursors } from '#disclosure';
import { type AnyRow, type Place, type Proposal, type Proposed, SeenItems, viaOf, type ViewReader } from '#read-models';
import { VIEWS } from './egress.tokens.ts';
import { cursorFor, placeIn } from './list-cursors.ts';
import { AskForList, type ListQuestion, type ListShown, type ShownRow } from './list-queries.ts';

@QueryHandler(AskForList)
export class AskForListHandler implements IQueryHandler<AskForList, ListShown> {
  readonly #views: ViewReader;
  readonly #gate: Gate;
  readonly #cursors: PageCursors;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate, @Inject(PageCursors) cursors: PageCursors) {
    this.#views = views;
    this.#gate = gate;
    this.#cursors = cursors;
  }

  async execute({ details: query }: AskForList): Promise<ListShown> {
    const { cursor, limit, minPosition } = query.asked;
    const after = cursor === undefined ? undefined : placeIn(this.#cursors, query, cursor);
    if (cursor !== undefined && after === undefined) return { outcome: 'cursor-invalid' };
    const proposed = await query.list.propose(this.#views, { asker: query.asker.agency, limit, ...(after && { after }) });
    if (proposed.position < minPosition) return { outcome: 'behind' };
    const answer = await this.#gate.list(inquiryOf(query, proposed, after));
    return answer.outcome === 'answered' ? this.#pageOf(query, proposed, answer) : answer;
  }

  async #pageOf(query: ListQuestion, { candidates, position: viewPosition }: Proposed, answer: ListAnswered): Promise<ListShown> {
    const { rows, looked, position } = answer;
    const last = looked < candidates.length ? candidates[looked - 1] : undefined;
    const next = last && (await cursorFor(this.#cursors, query, last.place));
    return { outcome: 'answered', rows: rowsOf(query, candidates, rows), ...(next !== undefined && { next }), position, viewPosition };
  }
}

const inquiryOf = (
  { list, asker, asked: { purposes, on, chosen, limit } }: ListQuestion,
  proposed: Proposed,
  after: Place = [],
): ListInquiry => ({
  asker,
  purposes,
  list: list.name,
  items: list.items,
  parameters: { on, ...chosen, after },
  limit,
  candidates: proposed.candidates.slice(0, limit).map(({ place: _, anchor: __, ...candidate }) => candidate),
});

const rowsOf = (
  { list, asked: { on, chosen } }: ListQuestion,
  candidates: readonly Proposal[],
  found: readonly ListRow[],
): readonly ShownRow[] => {
  const told = found.flatMap(({ candidate, learner, localId, items }) => {
    const seen = new SeenItems(items);
    const row: AnyRow | undefined = list.row(seen, on, candidates[candidate]?.anchor);
    return row && list.matches(row, chosen) ? [{ learner, ...(localId !== undefined && { localId }), row, via: viaOf(seen) }] : [];
  });
  return told.sort((one, other) => list.order(one.row, other.row));
};
