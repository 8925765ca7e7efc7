// What leaves: the items of an answer, minimised as their clauses say.
import { type AgencySlug, type Instant, londonDate, type Revision } from '#kernel';
import { type DisclosureDecision, type Level, MERGED_IDENTITY } from '#sharing-protocols';
import type { RecordItem } from '#learner-record';

/** `type` of the identity that the broker merges of what counts of all statements; no agency sends it. */
export const MERGED_IDENTITY_TYPE = `uk.concordat.${MERGED_IDENTITY}.v1`;

/** In place of an item's pairwise id, wherever one is needed to name the merged identity: a learner has one. */
export const MERGED_IDENTITY_ID = 'identity';

/** The same where items are named by their revisions in the learner's stream: no event has it. */
export const MERGED_IDENTITY_REVISION: Revision = -1;

export interface AnswerItem {
  /** Pairwise: another one for each recipient. Absent on the merged identity. */
  readonly id?: string;
  readonly type: string;
  /** `urn:concordat:agency:<slug>`; absent on the merged identity, and where whose it is would tell too much. */
  readonly source?: string;
  readonly category: string;
  /** Of the recipient's own items alone: where they stand in the log; decimal digits. */
  readonly position?: string;
  /** When it happened, as the contributing agency says: RFC 3339 of the recipient's own items, the day in London of others'. */
  readonly time?: string;
  /** `protocol@version#clause`, or `own`. */
  readonly clause: string;
  /** Lawful basis, as `6(1)(e), 9(2)(a)`, or `own`. */
  readonly basis: string;
  readonly level: Level;
  /** The one of the purposes asked for that permitted it; absent for what is the recipient's own. */
  readonly purpose?: string;
  /** Present where it is no longer the current one. */
  readonly status?: 'superseded' | 'rectified' | 'disputed' | 'retracted';
  /** Present where its source does not stand with the learner (sharing-matrix.md, W2). */
  readonly confirmed?: false;
  /** Present where it is disputed. */
  readonly disputed?: true;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly outcome: 'answered';
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  readonly items: readonly AnswerItem[];
  /** Behind which a further page begins. */
  readonly next?: PagePlace;
  /** Of the decision in the log: the answer rests on nothing older than what stood before it. */
  readonly position: number;
}

/** The recipient knows the learner, but may see nothing for these purposes. */
export interface NotPermitted {
  readonly outcome: 'not-permitted';
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** Clauses one of which would have to hold; they follow from recipient and purposes alone, never from what is held. */
  readonly clauses: readonly string[];
  /** Of the refusal in the log. */
  readonly position: number;
}

/** No such learner, or one whom the recipient may not know of: alike. */
export interface NotKnown {
  readonly outcome: 'not-known';
  /** Of the refusal in the log. */
  readonly position: number;
}

export type Disclosure = Answer | NotPermitted | NotKnown;

// The pages of an answer: in one order, each strictly behind the last item of the one before it. What is recorded meanwhile moves no item
// from one page to another, so none is met twice or missed.

/**
 * `recorded`: as the log holds them; where they are more than a page, each source's first before anybody's second, and so on, so that
 * whoever says very much crowds nobody out of the first page. `told`: by the time that the reader is told, then as the log holds them.
 */
export type PageOrder = 'recorded' | 'told';

/** Of an item in its order. */
export interface PagePlace {
  readonly rank: number;
  readonly revision: Revision;
}

/** Without `rank` it is the first page. */
export interface AnswerPage {
  /** Absent: `recorded`. */
  readonly order?: PageOrder;
  /** Of the last item of the page before, and its revision. */
  readonly rank?: number;
  readonly after: Revision;
  readonly limit: number;
}

type Placed = Pick<RecordItem, 'source' | 'revision' | 'at'>;

const byPlace = (one: PagePlace, other: PagePlace): number => one.rank - other.rank || one.revision - other.revision;

/** Its own items' time as it is, of others' the day alone: their order within it would tell more. */
const toldAt = ({ source, at }: Placed, reader: AgencySlug): Instant => (source === reader ? at : Date.parse(londonDate(at)));

const placeOf = (item: Placed, reader: AgencySlug): PagePlace => ({ rank: toldAt(item, reader), revision: item.revision });

export const isFirst = ({ rank }: AnswerPage): boolean => rank === undefined;

/** By the time that the reader is told, from where the page begins. */
export const inPageOrder = <Item extends Placed>(
  items: readonly Item[],
  { rank, after }: AnswerPage,
  reader: AgencySlug,
): readonly (readonly [Item, PagePlace])[] => {
  const placed = items.map((item) => [item, placeOf(item, reader)] as const);
  const left = rank === undefined ? placed : placed.filter(([, place]) => byPlace(place, { rank, revision: after }) > 0);
  return left.sort(([, one], [, other]) => byPlace(one, other));
};

/** From where the page begins: each source's first item, then each source's second, and so on. `entries` as the log holds them. */
export const inTurns = <Entry extends { readonly item: Placed }>(
  entries: readonly Entry[],
  { rank, after }: AnswerPage,
): readonly (readonly [Entry, PagePlace])[] => {
  const turns = new Map<AgencySlug, number>();
  const placed = entries.map((entry) => {
    const { source, revision } = entry.item;
    const turn = turns.get(source) ?? 0;
    turns.set(source, turn + 1);
    return [entry, { rank: turn, revision }] as const;
  });
  const left = rank === undefined ? placed : placed.filter(([, place]) => byPlace(place, { rank, revision: after }) > 0);
  return left.sort(([, one], [, other]) => byPlace(one, other));
};

// An event that its source took back, as lists that had shown it tell that (views.md, V12; ADR 46): that it was there, whose it was and the
// id that its source gave the thing, and no more. Nowhere else is it shown to anybody but its source.

/** Of each type that lists which close are made of, the fields that say which one it was. */
const IDENTIFYING: ReadonlyMap<string, { readonly only: readonly string[] }> = new Map(
  Object.entries({
    'programme.started': { only: ['programmeId'] },
    'programme.left-early': { only: ['programmeId'] },
    'programme.moved-on': { only: ['programmeId'] },
    'destination.recorded': { only: [] },
  }),
);

const isTakenBack = ({ revision, status, type }: RecordItem, asked: Revision | undefined): boolean =>
  revision === asked && status === 'retracted' && IDENTIFYING.has(type);

/** Where a row asks for it by its revision, it is looked at as it would be had it not been taken back. */
export const withTakenBack = (items: readonly RecordItem[], asked: Revision | undefined): readonly RecordItem[] =>
  asked === undefined ? items : items.map((item) => (isTakenBack(item, asked) ? { ...item, apart: false } : item));

/** Its source sees its own whole. */
export const narrowed = (item: RecordItem, decision: DisclosureDecision, asked: Revision | undefined): DisclosureDecision => {
  const fields = isTakenBack(item, asked) ? IDENTIFYING.get(item.type) : undefined;
  return fields === undefined || !decision.permit || decision.clause === 'own' ? decision : { ...decision, level: 'existence', fields };
};
