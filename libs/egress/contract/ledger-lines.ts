// What the contract of ledgers writes into them, in short.
import type { FeedSketch } from '#disclosure';
import type { FeedLedger, FeedLine, LearnerLine, LedgerFeed } from '../feed/index.ts';

/** What the contract is tried on. */
export interface LedgerUnderTest {
  /** Open, and new. */
  readonly ledger: FeedLedger;
  /** Opens the same ledger, once it has been closed. Throws `FeedLedgerInUse` before. */
  readonly reopen: () => FeedLedger;
  /** Removes the ledger, which has been closed. */
  readonly discard: () => void;
}

type Item = readonly [revision: number, id: string, token?: string];

export const told = (token: string | undefined): { readonly token?: string } => (token === undefined ? {} : { token });
export const feed = (...items: readonly Item[]): LedgerFeed => ({
  items: new Map(items.map(([revision, id, token]) => [revision, { id, ...told(token) }])),
  notices: new Map(),
  duties: new Map(),
});
export const lines = (learner: string, recipient: string, ...items: readonly Item[]): readonly FeedLine[] =>
  items.map(([revision, id, token]) => ({ learner, recipient, revision, item: { id, ...told(token) } }));
export const gone = (learner: string, recipient: string, revision: number): FeedLine => ({ learner, recipient, revision, item: undefined });
export const notice = (learner: string, recipient: string, noticeId: string, token?: string): FeedLine => ({
  learner,
  recipient,
  noticeId,
  notice: told(token),
});
export const duty = (learner: string, recipient: string, name: string, ...[id, token]: readonly string[]): FeedLine => ({
  ...{ learner, recipient, name },
  duty: id === undefined ? undefined : { id, ...told(token) },
});
export const KEY = { recipient: 'forge', kid: 'k', epoch: 'e', wrappedFor: 'w' };
export const learner = (who: string, generation: number, due?: number): LearnerLine => ({ learner: who, generation, due });
export const SKETCH: FeedSketch = { recipients: ['forge', 'anvil'], sources: ['forge'], categories: ['identity'] };
