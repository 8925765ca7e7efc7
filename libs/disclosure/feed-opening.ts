// What leaves on feeds: the items that a decision permitted, opened and minimised, with whom they go to.
import type { AgencySlug, Instant, Revision } from '#kernel';
import type { Notice } from '#consent';
import type { GateParts } from './gate-parts.ts';
import type { AnswerItem } from './answer.ts';
import type { FeedReadSet, FeedSketch, FeedSnapshot } from './feed-snapshot.ts';
import type { ChangeDecided, FeedDecided } from './feed-gate.ts';
import type { OverdueDuty } from './feed-duties.ts';
import { dutyToken, type FeedChange } from './feed-change.ts';
import { noticedItems } from './item-reader.ts';

export interface OpenedItem {
  readonly revision: Revision;
  /** To be kept with what was sent, and handed in when the gate decides again. */
  readonly token: string;
  readonly item: AnswerItem;
}

export interface OpenedNotice {
  readonly notice: Notice;
  /** Pairwise ids of what was shown under the consent. */
  readonly items: readonly string[];
}

export interface OpenedDuty {
  readonly duty: OverdueDuty;
  /** Names it, towards this recipient alone, as its list of duties does. */
  readonly dutyId: string;
  readonly token: string;
}

/** What one recipient's feed has to change. */
export interface OpenedChange {
  readonly recipient: AgencySlug;
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  readonly localId?: string;
  readonly items: readonly OpenedItem[];
  /** Revisions of what the recipient has to delete, as far as it was sent. */
  readonly withdraw: readonly Revision[];
  readonly notices: readonly OpenedNotice[];
  /** Ids of notices that ask for no answer any more. */
  readonly settled: readonly string[];
  readonly overdue: readonly OpenedDuty[];
  /** Names of duties that are overdue no more. */
  readonly done: readonly string[];
}

export interface FeedDisclosure {
  readonly readSet: FeedReadSet;
  readonly changes: readonly OpenedChange[];
  /** When time alone may next change something; undefined: never. */
  readonly due: Instant | undefined;
  /** For the next decision, once all of this one is on the feeds; undefined: that one is to be of the whole file. */
  readonly snapshot: FeedSnapshot | undefined;
  readonly sketch: FeedSketch;
}

type OpeningParts = Pick<GateParts, 'reader' | 'pseudonyms' | 'vault'>;

/** To be called only when the decision is on disk. */
export const openFeeds = async (parts: OpeningParts, decided: FeedDecided): Promise<FeedDisclosure> => {
  const { readSet, changes, due, snapshot, sketch } = decided;
  const read = await parts.reader.readTogether(
    changes.map(({ context, change: { send, overdue } }) => ({ context, permitted: [...send, ...overdue.map(({ trigger }) => trigger)] })),
  );
  return { readSet, changes: changes.map((change, place) => openedChange(parts, change, read[place] ?? [])), due, snapshot, sketch };
};

/** What triggers them was read behind the items that are sent. */
const openedDuties = ({ overdue }: FeedChange, triggers: readonly (AnswerItem | undefined)[]): readonly OpenedDuty[] =>
  overdue.flatMap((duty, place) => {
    const id = triggers[place]?.id;
    return id === undefined ? [] : [{ duty, dutyId: `${id}/${duty.protocol}/${duty.duty}`, token: dutyToken(duty) }];
  });

/** What was erased meanwhile is to go as well. */
const openedChange = (
  { pseudonyms, vault }: OpeningParts,
  { context, change, localId }: ChangeDecided,
  read: readonly (AnswerItem | undefined)[],
): OpenedChange => {
  const { recipient, send, withdraw, notices, settled, done } = change;
  const erased = send.filter((_, place) => read[place] === undefined).map(({ item }) => item.revision);
  return {
    recipient,
    learner: pseudonyms.of(recipient, context.file.id),
    ...(localId === undefined ? {} : { localId }),
    items: send.flatMap(({ item: { revision }, token }, place) => {
      const item = read[place];
      return item ? [{ revision, token, item }] : [];
    }),
    withdraw: [...withdraw, ...erased],
    notices: notices.map((notice) => ({ notice, items: noticedItems(vault, notice) })),
    settled,
    overdue: openedDuties(change, read.slice(send.length)),
    done,
  };
};
