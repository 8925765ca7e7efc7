import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type OpenNotice, OpenNotices } from '#disclosure';
import { type Clock, londonDate } from '#kernel';
import { listNotices, type ViewReader } from '#read-models';
import { CLOCK, VIEWS } from './egress.tokens.ts';
import { noticeData } from './feed/index.ts';
import { AskForNotices, MOST_NOTICES, type NoticesTold, type NoticeTold } from './notice-queries.ts';

/** The view says about which learners; what is told is read from their files. */
@QueryHandler(AskForNotices)
export class AskForNoticesHandler implements IQueryHandler<AskForNotices, NoticesTold> {
  readonly #views: ViewReader;
  readonly #open: OpenNotices;
  readonly #clock: Clock;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(OpenNotices) open: OpenNotices, @Inject(CLOCK) clock: Clock) {
    this.#views = views;
    this.#open = open;
    this.#clock = clock;
  }

  async execute({ agency }: AskForNotices): Promise<NoticesTold> {
    const today = londonDate(this.#clock.now());
    const { position, rows } = await listNotices(this.#views, { today, recipient: agency, states: ['open', 'overdue'] });
    const told = await this.#open.of(
      agency,
      rows.slice(0, MOST_NOTICES).map(({ learner }) => learner),
    );
    return { notices: told.slice(0, MOST_NOTICES).map(noticeTold), position };
  }
}

const noticeTold = ({ notice, items, ...learner }: OpenNotice): NoticeTold => ({
  ...learner,
  ...noticeData({ learner: learner.learner, notice, items }),
  issuedAt: new Date(notice.issuedAt).toISOString(),
});
