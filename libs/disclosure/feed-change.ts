// What a feed has to change for one recipient: what the gate permits now, compared with what the recipient was sent. Pure.
import type { AgencySlug, Revision } from '#kernel';
import { type Notice, openNoticesFor } from '#consent';
import type { PermittedItem, AccessContext } from './decide-answer.ts';
import type { FeedChanges } from './decision-record.ts';
import type { OverdueDuty } from './feed-duties.ts';

/** How an item or a notice was sent; no token: it may have arrived, or an earlier form of it, or its deletion. */
export interface Sent {
  readonly token?: string | undefined;
}

/** What a recipient was sent of a learner and not told to delete. */
export interface SentFeed {
  /** By revision in the learner's stream. */
  readonly items: ReadonlyMap<Revision, Sent>;
  /** By notice id. */
  readonly notices: ReadonlyMap<string, Sent>;
  /** Overdue ones, by their names. */
  readonly duties: ReadonlyMap<string, Sent>;
}

export interface ItemToSend extends PermittedItem {
  readonly token: string;
}

/** Nothing in it: the recipient has what it is to have. */
export interface FeedChange {
  readonly recipient: AgencySlug;
  readonly send: readonly ItemToSend[];
  readonly withdraw: readonly Revision[];
  readonly notices: readonly Notice[];
  readonly settled: readonly string[];
  readonly overdue: readonly OverdueDuty[];
  /** Names of duties that are overdue no more. */
  readonly done: readonly string[];
}

/** A notice says the same for ever. */
export const NOTICE_TOKEN = 'sent';

const NOTHING_SENT: SentFeed = { items: new Map(), notices: new Map(), duties: new Map() };

const NO_CHANGE: Omit<FeedChange, 'recipient' | 'send' | 'overdue' | 'done'> = { withdraw: [], notices: [], settled: [] };

export interface Compared {
  readonly context: AccessContext;
  readonly permitted: readonly PermittedItem[];
  /** False: the recipient has no key to which anything could be encrypted, so that all that it holds is to go. */
  readonly reachable: boolean;
  readonly sent: SentFeed | undefined;
  /** What the recipient has to do and has not done in time. */
  readonly overdue: readonly OverdueDuty[];
  /** What it was told of that, where `sent` was not read. */
  readonly overdueBefore: readonly OverdueDuty[] | undefined;
  /** Only what is new was decided: what was sent before is to stay. */
  readonly isAddition: boolean;
  readonly tokenOf: (item: PermittedItem) => string;
}

/** As it is sent: another day, ground of bearing it, or a programme that turned out to be some agency's, makes it another message. */
export const dutyToken = ({ due, byFallback, of = '' }: OverdueDuty): string => `${due}/${of}${byFallback ? '/by-fallback' : ''}`;

type DutyChange = Pick<FeedChange, 'overdue' | 'done'>;

const changeOfDuties = (overdue: readonly OverdueDuty[], sent: SentFeed['duties']): DutyChange => {
  const names = new Set(overdue.map(({ name }) => name));
  return {
    overdue: overdue.filter((one) => sent.get(one.name)?.token !== dutyToken(one)),
    done: [...sent.keys()].filter((name) => !names.has(name)),
  };
};

/** Of what stands as it did nothing is asked. */
const changeSince = (before: readonly OverdueDuty[], now: readonly OverdueDuty[]): DutyChange => {
  const [earlier, later] = [new Set(before), new Set(now)];
  const sent = before.filter((one) => !later.has(one)).map((one) => [one.name, { token: dutyToken(one) }] as const);
  return changeOfDuties(
    now.filter((one) => !earlier.has(one)),
    new Map(sent),
  );
};

const NO_DUTIES: DutyChange = { overdue: [], done: [] };

const dutyChange = ({ isAddition, overdue, overdueBefore = [], reachable, sent = NOTHING_SENT }: Compared): DutyChange => {
  if (isAddition && overdue === overdueBefore) return NO_DUTIES;
  const now = reachable ? overdue : [];
  return isAddition ? changeSince(overdueBefore, now) : changeOfDuties(now, sent.duties);
};

export const feedChange = (compared: Compared): FeedChange => {
  const { context, permitted, reachable, sent = NOTHING_SENT, isAddition, tokenOf } = compared;
  const { reader, file } = context;
  const wanted = reachable ? permitted : [];
  const duties = dutyChange(compared);
  const added = (): FeedChange['send'] => wanted.map((one) => ({ ...one, token: tokenOf(one) }));
  if (isAddition) return { ...NO_CHANGE, ...duties, recipient: reader.slug, send: added() };
  const open = reachable ? openNoticesFor(file, reader.slug) : [];
  const send = wanted.flatMap((one) => {
    const token = tokenOf(one);
    return sent.items.get(one.item.revision)?.token === token ? [] : [{ ...one, token }];
  });
  const shown = new Set(wanted.map(({ item }) => item.revision));
  const owed = new Set(open.map(({ noticeId }) => noticeId));
  return {
    recipient: reader.slug,
    send,
    withdraw: [...sent.items.keys()].filter((revision) => !shown.has(revision)),
    notices: open.filter(({ noticeId }) => sent.notices.get(noticeId)?.token !== NOTICE_TOKEN),
    settled: [...sent.notices.keys()].filter((noticeId) => !owed.has(noticeId)),
    ...duties,
  };
};

export const changesNothing = ({ send, withdraw, notices, settled, overdue, done }: FeedChange): boolean =>
  [send, withdraw, notices, settled, overdue, done].every(({ length }) => length === 0);

/** As the log keeps it. */
export const changesOf = ({ send, withdraw, notices, settled, overdue, done }: FeedChange): FeedChanges => ({
  sent: send.map(({ item }) => item.revision),
  withdrawn: withdraw,
  ...(notices.length === 0 ? {} : { noticesSent: notices.map(({ noticeId }) => noticeId) }),
  ...(settled.length === 0 ? {} : { noticesSettled: settled }),
  ...(overdue.length === 0 ? {} : { dutiesOverdue: overdue.map(({ name }) => name) }),
  ...(done.length === 0 ? {} : { dutiesDone: done }),
});
