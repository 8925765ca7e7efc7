// Rows of a list: whom its view proposes, what the gate is asked of them, and what is made of the items that it lets through (ADR 0027).
import type { Asker } from '#access';
import type { Gate, ListAnswer, ListCandidate, ListInquiry, ListRow } from '#disclosure';
import type { Instant, IsoDate, Position, Revision } from '#kernel';
import {
  type AnyRow,
  type Chosen,
  type List,
  type ListAsker,
  type Listed,
  type Partnership,
  type Place,
  type Proposal,
  SeenItems,
  type Via,
  viaOf,
  type ViewReader,
} from '#read-models';
import type { Periods } from '#reports';
import type { LongLists } from './long-lists.ts';

export interface ShownRow {
  /** The asker's pseudonym for the learner; absent in a row that names nobody, and in one of things. */
  readonly learner?: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  readonly row: AnyRow;
  readonly via: readonly Via[];
  /** Of the event that makes it, where the view knows; told nobody. */
  readonly position?: Position;
}

export interface Asking {
  readonly views: ViewReader;
  readonly gate: Pick<Gate, 'list'>;
  readonly long: LongLists;
}

export interface GatheringQuestion {
  readonly list: List;
  readonly asker: Asker;
  /** The asker as the register has it. */
  readonly reader: ListAsker;
  readonly partnership: Partnership;
  readonly periods: Periods;
  readonly asked: {
    readonly purposes: readonly string[];
    readonly on: IsoDate;
    readonly chosen: Chosen;
    readonly limit: number;
    readonly now: Instant;
  };
}

type NotPermitted = Extract<ListAnswer, { readonly outcome: 'not-permitted' }>;

export interface Gathered {
  readonly rows: readonly ShownRow[];
  /** Where the whole list was gone through, nothing was let through, and by no clause anything could be. */
  readonly refused?: NotPermitted;
  /** Behind which there is a further page. */
  readonly after?: Place;
  /** `after` is by what a row shows, not by where its view proposes it. */
  readonly isRanked?: true;
  /** No row of a further page comes before one of this. */
  readonly isOrdered: boolean;
  /** Of a list that has one row a person: behind that the walk through its pages began. */
  readonly since?: Position;
  /** Of the last decision. */
  readonly position: Position;
  readonly viewPosition: Position;
}

/** Where a page begins, and its walk. */
export type From = Pick<Gathered, 'after' | 'since' | 'isRanked'>;

export interface RoundAsked {
  readonly after: Place | undefined;
  /** Rows that there is room for. */
  readonly limit: number;
  /** Candidates to look at. */
  readonly many: number;
}

export interface Proposals {
  readonly candidates: readonly Proposal[];
  /** Whether the view has more. */
  readonly isCut: boolean;
}

export const propose = async (
  { views }: Asking,
  { list, reader, periods, partnership, asked: { on, chosen } }: GatheringQuestion,
  { after, many }: RoundAsked,
): Promise<Proposals & { readonly position: Position }> => {
  const asked = { asker: reader, on, chosen, periods, partnership, limit: many, ...(after && { after }) };
  const { position, candidates } = await list.propose(views, asked);
  return { position, candidates: candidates.slice(0, many), isCut: candidates.length > many };
};

export const inquiryOf = (
  { list, asker, asked }: GatheringQuestion,
  { candidates, limit, after = [] }: RoundAsked & Proposals,
): ListInquiry => ({
  asker,
  purposes: asked.purposes,
  list: list.name,
  items: list.items,
  parameters: { on: asked.on, ...asked.chosen, after },
  limit,
  candidates: candidates.map(candidateOf),
});

const isWithdrawn = (listed: Listed | undefined): boolean => listed?.change === 'withdrawn';

const candidateOf = ({ place: _, knownAt: __, position: ___, about: ____, listed, ...candidate }: Proposal): ListCandidate => ({
  ...candidate,
  ...(isWithdrawn(listed) && { isTakenBack: true as const }),
});

type Anchor = Omit<Proposal, keyof ListCandidate | 'place'> & Pick<Proposal, 'anchor'>;

const anchorOf = ({ learner: _, only: __, place: ___, ...anchor }: Partial<Proposal>): Anchor => anchor;

/** Rows of one learner that were made of one answer are made of the same items, so that what follows from these is worked out once. */
export class SeenOnce {
  readonly #seen = new Map<ListRow['items'], SeenItems>();

  of({ items, displaced }: ListRow, withdrawn: Revision | undefined): SeenItems {
    if (withdrawn !== undefined) return new SeenItems(items, { withdrawn, displaced });
    const seen = this.#seen.get(items) ?? new SeenItems(items, { displaced });
    this.#seen.set(items, seen);
    return seen;
  }
}

export const shownIn = (
  question: GatheringQuestion,
  found: ListRow,
  proposal: Proposal | undefined,
  once: SeenOnce,
): readonly ShownRow[] => {
  const { list, reader, asked, partnership } = question;
  const { learner, localId, anchor } = found;
  const proposed = { ...proposal, ...(anchor === undefined ? {} : { anchor }) };
  const seen = once.of(found, isWithdrawn(proposal?.listed) ? proposed.anchor : undefined);
  const at = {
    on: asked.on,
    asker: reader,
    chosen: asked.chosen,
    partnership,
    ...anchorOf(proposed),
  };
  const named = { learner, ...(localId !== undefined && { localId }) };
  return [list.row(seen, at) ?? []]
    .flat()
    .filter((row) => list.matches(row, asked.chosen))
    .map((row) => ({
      ...(list.isUnnamed?.(row) ? {} : named),
      row,
      via: viaOf(seen),
      ...(at.position !== undefined && { position: at.position }),
    }));
};
