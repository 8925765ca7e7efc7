import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Gate, type OpenNotice } from '#disclosure';
import { type Clock, londonDate } from '#kernel';
import { listNotices, type ViewReader } from '#read-models';
import { CLOCK, VIEWS } from './egress.tokens.ts';
import { noticeData } from './feed/index.ts';
import { AskForNotices, MOST_NOTICES, type NoticesShown, type NoticeShown } from './notice-queries.ts';

/** The view proposes learners; what is told of them the gate decides on their files. */
@QueryHandler(AskForNotices)
export class AskForNoticesHandler implements IQueryHandler<AskForNotices, NoticesShown> {
  readonly #views: ViewReader;
  readonly #gate: Gate;
  readonly #clock: Clock;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate, @Inject(CLOCK) clock: Clock) {
    this.#views = views;
    this.#gate = gate;
    this.#clock = clock;
  }

  async execute({ details: { caller } }: AskForNotices): Promise<NoticesShown> {
    const today = londonDate(this.#clock.now());
    const { position, rows } = await listNotices(this.#views, { today, recipient: caller.agency, states: ['open', 'overdue'] });
    const learners = rows.slice(0, MOST_NOTICES).map(({ learner }) => learner);
    const told = await this.#gate.notices({ asker: caller, learners, limit: MOST_NOTICES });
    return { notices: told.map(noticeTold), position };
  }
}

const noticeTold = ({ notice, items, ...learner }: OpenNotice): NoticeShown => ({
  ...learner,
  ...noticeData({ learner: learner.learner, notice, items }),
  issuedAt: new Date(notice.issuedAt).toISOString(),
});
