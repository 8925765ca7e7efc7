import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Agency, districtOf } from '#agencies';
import { PageCursors, WaitingTies } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import { tieProposals, type ViewReader } from '#read-models';
import { VIEWS } from './egress.tokens.ts';
import { AskForWaitingTies, type TiesAnswer } from './tie-queries.ts';

/** The view proposes learners; who waits, and whether this agency may vouch, their files say. */
@QueryHandler(AskForWaitingTies)
export class AskForWaitingTiesHandler implements IQueryHandler<AskForWaitingTies, TiesAnswer> {
  readonly #views: ViewReader;
  readonly #waiting: WaitingTies;
  readonly #cursors: PageCursors;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(WaitingTies) waiting: WaitingTies, @Inject(PageCursors) cursors: PageCursors) {
    this.#views = views;
    this.#waiting = waiting;
    this.#cursors = cursors;
  }

  async execute({ details: { caller, page } }: AskForWaitingTies): Promise<TiesAnswer> {
    const after = this.#after(caller.agency, page.cursor);
    if (after === undefined) return { outcome: 'cursor-unknown' };
    const voucher = this.#waiting.voucher(caller.agency);
    const limit = voucher === undefined ? 0 : page.limit;
    const { position, rows, next } = await tieProposals(this.#views, {
      agency: caller.agency,
      outwards: outwardsOf(voucher),
      after,
      limit,
    });
    const ties = await this.#waiting.of(caller, rows);
    return {
      outcome: 'answered',
      ties,
      ...(next === undefined ? {} : { next: await this.#cursors.ofLearner(caller.agency, next) }),
      position,
    };
  }

  #after(agency: AgencySlug, cursor: string | undefined): LearnerId | undefined {
    return cursor === undefined ? '' : this.#cursors.learnerOf(agency, cursor);
  }
}

const outwardsOf = (agency: Agency | undefined): readonly string[] => [
  ...new Set((agency?.districts ?? []).flatMap((district) => districtOf(district)?.outward ?? [])),
];
