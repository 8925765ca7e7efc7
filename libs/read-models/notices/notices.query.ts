// Who was told of what, and who has not answered in time.
import type { AgencySlug, Instant, IsoDate, LearnerId, Position } from '#kernel';
import type { Found, RowOf, ViewReader } from '../engine/index.ts';
import { notices, noticesView } from './notices.view.ts';

/** `overdue`: open, and the last day to answer is over. */
export type NoticeState = 'open' | 'overdue' | 'acknowledged';

export interface NoticeEntry {
  readonly notice: string;
  readonly recipient: AgencySlug;
  readonly learner: LearnerId;
  /** A `NoticeReason`. */
  readonly reason: string;
  /** Of the event that issued it. */
  readonly position: Position;
  readonly issuedAt: Instant;
  readonly due: IsoDate;
  readonly state: NoticeState;
  /** What the recipient did: `deleted`, `stopped-using`, `nothing-held`. */
  readonly action?: string;
  readonly acknowledgedAt?: Instant;
}

export interface NoticeQuery {
  /** The day on which it is asked what is overdue. */
  readonly today: IsoDate;
  readonly recipient?: AgencySlug;
  /** Those in these states alone. */
  readonly states?: readonly NoticeState[];
}

const PAGE = 10_000;

/** In the order in which they were issued. */
export const listNotices = async (views: ViewReader, { today, recipient, states }: NoticeQuery): Promise<Found<NoticeEntry>> => {
  const where = recipient === undefined ? {} : { recipient };
  const found: NoticeEntry[] = [];
  for (let after = 0; ;) {
    const { position, rows } = await views.rows(noticesView, notices, { where, order: 'position', after, limit: PAGE });
    found.push(...rows.map((row) => entryOf(row, today)).filter(({ state }) => states?.includes(state) ?? true));
    if (rows.length < PAGE) return { position, rows: found };
    after = rows.at(-1)?.position ?? after;
  }
};

const entryOf = (
  { notice, recipient, learner, reason, position, issued_at, due, action, acknowledged_at }: RowOf<typeof notices>,
  today: IsoDate,
): NoticeEntry => ({
  notice,
  recipient,
  learner,
  reason,
  position,
  issuedAt: issued_at,
  due,
  state: action === null ? unanswered(due, today) : 'acknowledged',
  ...(action === null ? {} : { action }),
  ...(acknowledged_at === null ? {} : { acknowledgedAt: acknowledged_at }),
});

const unanswered = (due: IsoDate, today: IsoDate): NoticeState => (due < today ? 'overdue' : 'open');
