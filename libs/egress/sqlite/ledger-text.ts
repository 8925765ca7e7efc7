// A learner on one partner's feed as one line of the ledger: small, since it is written with every change.
import type { LedgerFeed } from '../feed/index.ts';

/** In place of a token: it is not known in which form the recipient has the item, if at all. */
const UNKNOWN = '-';
const NOTICE = 'n';

const tokenText = (token: string | undefined): string => token ?? UNKNOWN;
const tokenOf = (text: string | undefined): { readonly token?: string } => (text === undefined || text === UNKNOWN ? {} : { token: text });

export const ledgerText = ({ items, notices }: LedgerFeed): string => {
  const lines: string[] = [];
  for (const [revision, { id, token }] of items) lines.push(`${revision} ${id} ${tokenText(token)}`);
  for (const [noticeId, { token }] of notices) lines.push(`${NOTICE} ${noticeId} ${tokenText(token)}`);
  return lines.join('\n');
};

export const ledgerFeed = (text: string): LedgerFeed => {
  const feed: LedgerFeed = { items: new Map(), notices: new Map() };
  for (const line of text === '' ? [] : text.split('\n')) {
    const [first = '', second = '', token] = line.split(' ');
    if (first === NOTICE) feed.notices.set(second, tokenOf(token));
    else feed.items.set(Number(first), { id: second, ...tokenOf(token) });
  }
  return feed;
};

/** Whether anything on it waits to be confirmed. */
export const isUnsettled = ({ items, notices }: LedgerFeed): boolean =>
  [...items.values(), ...notices.values()].some(({ token }) => token === undefined);

export const isEmpty = ({ items, notices }: LedgerFeed): boolean => items.size + notices.size === 0;
