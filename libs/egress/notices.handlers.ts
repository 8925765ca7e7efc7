import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '#access';
import { Query } from '#bus';
import { type Clock, londonDate, type Position } from '#kernel';
import { Gate, type OpenNotice } from '#disclosure';
import { listNotices, type ViewReader } from '#read-models';
import { type NoticeData, noticeData } from './feed/index.ts';
import { CLOCK, VIEWS } from './egress.tokens.ts';

// The query for the notices that an agency has not answered yet.

/** Of the oldest; those that are answered make room for more. */
export const MOST_NOTICES = 500;

export class AskForNotices extends Query<{ readonly caller: Caller }, NoticesShown> {}

export interface NoticeShown extends NoticeData {
  /** The asking agency's pseudonym for the learner. */
  readonly learner: string;
  /** The asking agency's own id for the learner, where it linked one. */
  readonly localId?: string;
  /** RFC 3339. */
  readonly issuedAt: string;
}

export interface NoticesShown {
  readonly notices: readonly NoticeShown[];
  /** Up to which the log was gone through for notices. */
  readonly position: Position;
}

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
