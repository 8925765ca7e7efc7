// How a page of a list fills: the view proposes, the gate disposes, and whom the gate passes over others take the place of. So a page is
// short, and has a next one, on account of what the asker may see alone (ADR 0027).
import type { ListAnswer, ListAnswered, ListRow } from '#disclosure';
import type { LearnerId } from '#kernel';
import { arrangedPage } from './list-arranging.ts';
import {
  type Asking,
  type From,
  type Gathered,
  type GatheringQuestion,
  inquiryOf,
  type Proposals,
  propose,
  type RoundAsked,
  SeenOnce,
  shownIn,
} from './list-rows.ts';
import type { Place } from '#read-models';
import { RecordsByPlace } from './records-by-place.ts';

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

export const gather = async (asking: Asking, question: GatheringQuestion, from: From): Promise<Gathered> =>
  (await arrangedPage(asking, question, from)) ?? (await pageAfter(asking, question, from.isRanked ? {} : from));

const pageAfter = async (asking: Asking, question: GatheringQuestion, from: From): Promise<Gathered> => {
  let page: Filling = {
    rows: [],
    found: 0,
    looked: 0,
    position: 0,
    viewPosition: Number.MAX_SAFE_INTEGER,
    isDone: false,
    isOrdered: false,
    ...from,
  };
  while (!page.isDone) {
    page = await further(asking, question, page);
    if (from.after === undefined && (await isForOthers(asking, question, page))) return refusedIn(page);
  }
  const { refused, ...gathered } = page;
  // What is one's own is shown without a clause, and may come later than a page looks.
  const isWhole = from.after === undefined && page.after === undefined;
  return { ...gathered, isOrdered: isWhole, ...(isWhole && page.found === 0 && refused && { refused }) };
};

/** Nothing is shown by a clause, whoever else is looked at, and nothing is one's own. */
const isForOthers = async ({ views }: Asking, { list, reader }: GatheringQuestion, page: Filling): Promise<boolean> =>
  page.found === 0 && page.refused !== undefined && list.hasOwn !== undefined && !(await list.hasOwn(views, reader));

/** However many candidates there are. */
const refusedIn = ({ refused, position, viewPosition }: Filling): Gathered => ({
  ...{ rows: [], position, viewPosition, isOrdered: true },
  ...(refused && { refused }),
});

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

interface Round extends Pick<Filling, 'rows' | 'refused' | 'after' | 'position' | 'found' | 'looked'> {
  /** And there is a further row. */
  readonly isFull: boolean;
}

type Told = Pick<Round, 'refused' | 'position'> & Pick<ListAnswered, 'looked' | 'more'> & { readonly found: readonly ListRow[] };

const toldIn = (answer: ListAnswer, looked: number): Told => {
  const { position } = answer;
  if (answer.outcome === 'not-permitted') {
    const { more = false } = answer;
    return { refused: answer, position, found: [], looked: more ? 0 : looked, more };
  }
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
