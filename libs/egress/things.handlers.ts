// One handler for all lists of things: the view proposes, the gate disposes. What is hidden must show in nothing, so a page ends where its
// rows do, and there is another where one more could be shown (ADR 39).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AgencyAsker } from '#access';
import { Query } from '#bus';
import { Gate, PageCursors, Registers, type ThingRow, type ThingsAnswered, type ThingsInquiry } from '#disclosure';
import { londonDate } from '#kernel';
import {
  type DutiesAsked,
  type Place,
  type Proposed,
  SeenItems,
  type ThingList,
  type ThingProposal,
  viaOf,
  type ViewReader,
} from '#read-models';
import { VIEWS } from './egress.tokens.ts';
import { cursorFor, type ListQuestion, type ListShown, placeIn, type ShownRow } from './lists.handlers.ts';

type Question = ListQuestion<ThingList, AgencyAsker>;
type Candidates = Proposed<ThingProposal>;

export class AskForThings extends Query<Question, ListShown> {}

/** Where what was proposed does not fill the page, so many times as much is proposed. */
const AGAIN = 4;

@QueryHandler(AskForThings)
export class AskForThingsHandler implements IQueryHandler<AskForThings, ListShown> {
  readonly #views: ViewReader;
  readonly #gate: Gate;
  readonly #cursors: PageCursors;
  readonly #registers: Registers;

  constructor(
    @Inject(VIEWS) views: ViewReader,
    @Inject(Gate) gate: Gate,
    @Inject(PageCursors) cursors: PageCursors,
    @Inject(Registers) registers: Registers,
  ) {
    this.#registers = registers;
    this.#views = views;
    this.#gate = gate;
    this.#cursors = cursors;
  }

  async execute({ details: query }: AskForThings): Promise<ListShown> {
    const { asked } = query;
    const after = asked.cursor === undefined ? undefined : (await placeIn(this.#cursors, query, asked.cursor))?.place;
    if (asked.cursor !== undefined && after === undefined) return { outcome: 'cursor-invalid' };
    for (let most = asked.limit + 1; ; most *= AGAIN) {
      const shown = await this.#page(query, most, after);
      if (shown) return shown;
    }
  }

  /** Undefined: more is to be proposed. */
  async #page(query: Question, most: number, after?: Place): Promise<ListShown | undefined> {
    const { list, asker, asked } = query;
    const sources = this.#gate.sourcesOfThings({ asker, items: list.items, purposes: asked.purposes });
    const proposed = await list.propose(this.#views, { asker: asker.agency, sources, on: asked.on, limit: most, ...(after && { after }) });
    const complete = proposed.candidates.length < most;
    const answer = await this.#gate.things(inquiryOf(query, proposed, { complete, after }));
    if (answer.outcome === 'unfilled') return undefined;
    return answer.outcome === 'answered' ? this.#shown(query, proposed, answer) : answer;
  }

  async #shown(query: Question, proposed: Candidates, { rows, more, position }: ThingsAnswered): Promise<ListShown> {
    const last = more ? proposed.candidates[rows.at(-1)?.candidate ?? -1] : undefined;
    const next = last && (await cursorFor(this.#cursors, query, { place: last.place }));
    const shown = rowsOf(query, proposed, { rows, asked: this.#registers.inForce(londonDate(query.asked.now)) });
    return { outcome: 'answered', rows: shown, ...(next !== undefined && { next }), position, viewPosition: proposed.position };
  }
}

const inquiryOf = (
  { list, asker, asked: { purposes, on, chosen, limit } }: Question,
  { candidates }: Candidates,
  { complete, after = [] }: { readonly complete: boolean; readonly after: Place | undefined },
): ThingsInquiry => ({
  asker,
  purposes,
  list: list.name,
  items: list.items,
  parameters: { on, ...chosen, after },
  limit,
  candidates: candidates.map(({ anchor, beside }) => ({ anchor, beside })),
  complete,
});

const rowsOf = (
  { list, asked: { on, chosen } }: Question,
  { candidates }: Candidates,
  found: { readonly rows: readonly ThingRow[]; readonly asked: DutiesAsked },
): readonly ShownRow[] => {
  const told = found.rows.flatMap(({ candidate, items }) => {
    const seen = new SeenItems(items);
    const anchor = candidates[candidate]?.anchor;
    const row = anchor === undefined ? undefined : list.row(seen, on, anchor, found.asked);
    return row && list.matches(row, chosen) ? [{ row, via: viaOf(seen) }] : [];
  });
  return told.sort((one, other) => list.order(one.row, other.row));
};
