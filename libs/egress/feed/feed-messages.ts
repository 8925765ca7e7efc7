// From what the gate decided about a learner to sealed messages, and to what the ledger holds before and after they are sent.
import type { FeedDisclosure, FeedReadSet, OpenedChange, OpenedItem, OpenedNotice, Sent } from '#disclosure';
import { NOTICE_TOKEN } from '#disclosure';
import type { AgencySlug, Revision } from '#kernel';
import type { FeedLine, LearnerFeeds, LedgerFeed } from './feed-ledger.ts';
import { type FeedRecord, itemKey, keyIdOf, noticeKey, tombstone } from './feed-record.ts';
import type { FeedKeyInUse, FeedSealer } from './feed-sealer.ts';

/** The part of the sealer that messages about learners need. */
export type Sealing = Pick<FeedSealer, 'item' | 'notice'>;

/** One message about a learner to one recipient. */
export interface FeedMessage {
  readonly readSet: FeedReadSet;
  readonly line: FeedLine;
  readonly record: FeedRecord;
  /** Of the key that sealed it; none for a tombstone. */
  readonly epoch?: string;
  /** Enters into the line that it has arrived. */
  readonly arrived: () => void;
}

export interface Prepared {
  readonly messages: readonly FeedMessage[];
  /** As they are to be written before anything is sent. */
  readonly lines: readonly FeedLine[];
}

const newFeed = (): LedgerFeed => ({ items: new Map(), notices: new Map() });

/** `feeds` as the decision was made on; they change. `keyFor`: undefined where the recipient has lost its key since. */
export const prepare = (
  { readSet, changes }: FeedDisclosure,
  feeds: LearnerFeeds,
  sealing: Sealing,
  keyFor: (recipient: AgencySlug) => FeedKeyInUse | undefined,
): Prepared => {
  const messages: FeedMessage[] = [];
  const lines: FeedLine[] = [];
  for (const change of changes) {
    const line = { learner: readSet.learner, recipient: change.recipient, feed: feeds.get(change.recipient) ?? newFeed() };
    const made = [...messagesToSend(change, line, sealing, keyFor(change.recipient)), ...tombstones(change, line)];
    messages.push(...made.map((message) => ({ ...message, readSet, line })));
    if (made.length > 0) lines.push(line);
  }
  return { messages, lines };
};

type Made = Pick<FeedMessage, 'record' | 'epoch' | 'arrived'>;

const messagesToSend = (change: OpenedChange, { feed }: FeedLine, sealing: Sealing, key: FeedKeyInUse | undefined): readonly Made[] => {
  if (!key) return [];
  const { recipient, learner, localId } = change;
  const whom = { learner, ...(localId === undefined ? {} : { localId }) };
  const item = ({ revision, token, item: content }: OpenedItem): Made => {
    const id = keyIdOf(content);
    const record = sealing.item(recipient, key.epoch, { ...whom, item: content });
    return { record, epoch: key.epoch, arrived: changing(feed.items, revision, { id }, { id, token }) };
  };
  const notice = ({ notice: content, items }: OpenedNotice): Made => {
    const record = sealing.notice(recipient, key.epoch, { ...whom, notice: content, items });
    return { record, epoch: key.epoch, arrived: changing(feed.notices, content.noticeId, {}, { token: NOTICE_TOKEN }) };
  };
  return [...change.items.map(item), ...change.notices.map(notice)];
};

const tombstones = ({ learner, withdraw, settled }: OpenedChange, { feed }: FeedLine): readonly Made[] => {
  const item = (revision: Revision): readonly Made[] => {
    const held = feed.items.get(revision);
    if (!held) return [];
    const { id } = held;
    return [{ record: tombstone(itemKey(learner, id)), arrived: changing(feed.items, revision, { id }) }];
  };
  const notice = (noticeId: string): Made => ({ record: tombstone(noticeKey(noticeId)), arrived: changing(feed.notices, noticeId, {}) });
  return [...withdraw.flatMap(item), ...settled.map(notice)];
};

/** Enters at once that it is on its way; the answer enters that it has arrived. */
const changing = <Key, Entry extends Sent>(entries: Map<Key, Entry>, key: Key, inFlight: Entry, afterwards?: Entry): (() => void) => {
  entries.set(key, inFlight);
  return () => void (afterwards ? entries.set(key, afterwards) : entries.delete(key));
};
