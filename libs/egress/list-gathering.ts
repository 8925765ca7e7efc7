// How a page of a list fills: the view proposes, the gate disposes, and whom the gate passes over others take the place of. So a page is
// short, and has a next one, on account of what the asker may see alone (ADR 0027).
import type { Asker } from '#access';
import type { Gate, ListAnswer, ListAnswered, ListCandidate, ListInquiry, ListRow } from '#disclosure';
import type { Instant, IsoDate, LearnerId, Position, Revision } from '#kernel';
import type { Periods } from '#reports';
import { RecordsByPlace } from './records-by-place.ts';
import {
  type Chosen,
  type List,
  type ListAsker,
  type Listed,
  type Partnership,
  type Place,
  type Proposal,
  SeenItems,
  type AnyRow,
  type Via,
  viaOf,
  type ViewReader,
} from '#read-models';

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
  /** Of a list that has one row a person: behind that the walk through its pages began. */
  readonly since?: Position;
  /** Of the last decision. */
  readonly position: Position;
  readonly viewPosition: Position;
}

/** Candidates looked at before a page may be short. */
const MOST_LOOKED = 2000;
/** Candidates at once, where those before did not fill the page. */
const FURTHER = 200;

/** A page as it fills. */
interface Filling extends Gathered {
  /** Rows that the gate let through, also where a filter then left them out. */
  readonly found: number;
  readonly looked: number;
  readonly isDone: boolean;
}

/** Where a page begins, and its walk. */
export type From = Pick<Gathered, 'after' | 'since'>;

export const gather = async (asking: Asking, question: GatheringQuestion, from: From): Promise<Gathered> => {
  let page: Filling = { rows: [], found: 0, looked: 0, position: 0, viewPosition: Number.MAX_SAFE_INTEGER, isDone: false, ...from };
  while (!page.isDone) page = await further(asking, question, page);
  const { refused, ...gathered } = page;
  // What is one's own is shown without a clause, and may come later than a page looks.
  const isWhole = from.after === undefined && page.after === undefined;
  return { ...gathered, ...(isWhole && page.found === 0 && refused && { refused }) };
};

const further = async (asking: Asking, question: GatheringQuestion, page: Filling): Promise<Filling> => {
  const { limit } = question.asked;
  const room = { after: page.after, limit: limit - page.found, many: page.looked === 0 ? limit + 1 : FURTHER };
  const { position, ...proposals } = await propose(asking, question, room);
  const viewPosition = Math.min(page.viewPosition, position);
  const { after: _, ...filled } = page;
  const { rows, found, looked, isFull, ...round } = await dispose(asking, question, { ...room, ...proposals, since: page.since });
  const total = page.looked + looked;
  const isDone = isFull || round.after === undefined || total >= MOST_LOOKED;
  const walk = question.list.isOneAPerson && { since: page.since ?? position };
  return { ...filled, ...round, ...walk, viewPosition, rows: [...page.rows, ...rows], found: page.found + found, looked: total, isDone };
};

interface RoundAsked {
  readonly after: Place | undefined;
  /** Rows that there is room for. */
  readonly limit: number;
  /** Candidates to look at. */
  readonly many: number;
}

interface Proposals {
  readonly candidates: readonly Proposal[];
  /** Whether the view has more. */
  readonly isCut: boolean;
}

const propose = async (
  { views }: Asking,
  { list, reader, periods, partnership, asked: { on, chosen } }: GatheringQuestion,
  { after, many }: RoundAsked,
): Promise<Proposals & { readonly position: Position }> => {
  const asked = { asker: reader, on, chosen, periods, partnership, limit: many, ...(after && { after }) };
  const { position, candidates } = await list.propose(views, asked);
  return { position, candidates: candidates.slice(0, many), isCut: candidates.length > many };
};

interface Round extends Pick<Filling, 'rows' | 'refused' | 'after' | 'position' | 'found' | 'looked'> {
  /** And there is a further row. */
  readonly isFull: boolean;
}

type Told = Pick<Round, 'refused' | 'position'> & Pick<ListAnswered, 'looked' | 'more'> & { readonly found: readonly ListRow[] };

const toldIn = (answer: ListAnswer, looked: number): Told => {
  const { position } = answer;
  if (answer.outcome === 'not-permitted') return { refused: answer, position, found: [], looked, more: false };
  return { position, found: answer.rows, looked: answer.looked, more: answer.more };
};

type Since = Pick<Filling, 'since'>['since'];

const dispose = async (
  asking: Asking,
  question: GatheringQuestion,
  asked: RoundAsked & Proposals & { readonly since: Since },
): Promise<Round> => {
  const { candidates, isCut, since } = asked;
  const walk = since === undefined ? {} : { walk: { since, order: new RecordsByPlace((of) => placeOf(asking, question, of)) } };
  const { found, more, ...told } = toldIn(await asking.gate.list({ ...inquiryOf(question, asked), ...walk }), candidates.length);
  const after = more || isCut ? (candidates[told.looked - 1]?.place ?? asked.after) : undefined;
  const seen = new SeenOnce();
  const rows = found.flatMap((row) => shownIn(question, row, candidates[row.candidate], seen));
  return { ...told, rows, found: found.length, isFull: more, ...(after && { after }) };
};

/** Of one record alone; undefined: the view does not propose it. */
const placeOf = async (
  { views }: Asking,
  { list, reader, periods, partnership, asked: { on, chosen } }: GatheringQuestion,
  of: LearnerId,
): Promise<Place | undefined> => {
  const { candidates } = await list.propose(views, { asker: reader, on, chosen, periods, partnership, limit: 1, of });
  return candidates.find(({ learner }) => learner === of)?.place;
};

const inquiryOf = ({ list, asker, asked }: GatheringQuestion, { candidates, limit, after = [] }: RoundAsked & Proposals): ListInquiry => ({
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
class SeenOnce {
  readonly #seen = new Map<ListRow['items'], SeenItems>();

  of({ items, displaced }: ListRow, withdrawn: Revision | undefined): SeenItems {
    if (withdrawn !== undefined) return new SeenItems(items, { withdrawn, displaced });
    const seen = this.#seen.get(items) ?? new SeenItems(items, { displaced });
    this.#seen.set(items, seen);
    return seen;
  }
}

const shownIn = (question: GatheringQuestion, found: ListRow, proposal: Proposal | undefined, once: SeenOnce): readonly ShownRow[] => {
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
