// Notices and what became of them: who has still to say what it did with data of which it was told (invariant 6).
import { NOTICE_ISSUED, NOTICE_REASONS, type NoticeIssued } from '#consent';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

export const NOTICE_ACKNOWLEDGED = 'uk.concordat.notice.acknowledged.v1';
const CATEGORY = 'consent';

/** The consent is not named: its id is an agency's own text. */
export const notices = table({
  name: 'notices',
  columns: {
    notice: 'text',
    /** Of the event that issued it. */
    position: 'integer',
    recipient: 'text',
    learner: 'text',
    /** A `NoticeReason`. */
    reason: 'text',
    issued_at: 'integer',
    /** The last day, `YYYY-MM-DD`. */
    due: 'text',
    /** What the recipient did, once it has said so. */
    action: 'text?',
    acknowledged_at: 'integer?',
  },
  key: ['notice'],
  indexes: [['position'], ['recipient', 'position'], ['learner']],
});

const issue = (event: ProjectedEvent, rows: RowWriter): void => {
  const { stream, position } = event.recorded;
  const issued = event.content<NoticeIssued>();
  const learner = learnerOfStream(stream);
  if (!issued || learner === undefined) return;
  const { noticeId: notice, recipient, reason, issuedAt: issued_at, due } = issued;
  rows.put(notices, { notice, position, recipient, learner, reason, issued_at, due, action: null, acknowledged_at: null });
};

const acknowledge = (event: ProjectedEvent, rows: RowWriter): void => {
  const { noticeId, action } = event.open()?.event?.data ?? {};
  if (typeof noticeId !== 'string' || typeof action !== 'string') return;
  rows.change(notices, { notice: noticeId, recipient: event.recorded.meta.actor }, { action, acknowledged_at: event.recorded.recordedAt });
};

/** What was told of an erasure outlives it. */
const GOING = NOTICE_REASONS.filter((reason) => reason !== 'erasure');

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner === undefined || category !== CATEGORY) return;
  for (const reason of GOING) rows.remove(notices, { learner, reason });
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [NOTICE_ISSUED, issue],
  [NOTICE_ACKNOWLEDGED, acknowledge],
  [ERASED, removeErased],
]);

export const noticesView: Projector = {
  name: 'notices',
  version: 2,
  tables: [notices],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
