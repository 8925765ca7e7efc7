// Candidates that a filter chooses by what the view knows of the event that makes a row: page after page of what the view has (ADR 0067).
import type { Found } from '../engine/index.ts';
import type { Place, Proposal, Proposed } from './list.ts';

/** Read at once at most where a filter decides what is left; where it leaves little, so many times as much is read next. */
const [AT_ONCE, MORE] = [2000, 4];

export interface ChosenRows<Row> {
  /** In order, behind a place. */
  readonly read: (limit: number, after: Place | undefined) => Promise<Found<Row>>;
  readonly proposalOf: (row: Row) => Proposal;
  /** Absent: all are. */
  readonly isChosen?: ((row: Row) => boolean) | undefined;
}

/** One more than the limit, where there are so many. */
export const chosenRows = async <Row>(
  { read, proposalOf, isChosen }: ChosenRows<Row>,
  { after, limit }: { readonly after?: Place | undefined; readonly limit: number },
): Promise<Proposed> => {
  const candidates: Proposal[] = [];
  for (let [behind, many] = [after, limit + 1]; ; many = Math.min(AT_ONCE, MORE * many)) {
    const { position, rows } = await read(many, behind);
    candidates.push(...(isChosen ? rows.filter(isChosen) : rows).map(proposalOf));
    const last = rows.at(-1);
    if (candidates.length > limit || rows.length < many || last === undefined)
      return { position, candidates: candidates.slice(0, limit + 1) };
    behind = proposalOf(last).place;
  }
};
