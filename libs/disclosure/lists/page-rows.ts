// What deciding a page of a list comes to, whatever its rows are made of.
import type { LearnerId } from '#kernel';
import type { AccessContext } from '../decide-answer.ts';
import type { DisclosureDecided, RowAsked } from '../decision-record.ts';

/** No row is made of more. */
export const WHOLE_ROW = { after: 0, limit: Number.MAX_SAFE_INTEGER };

/** What is told of one learner, and why. */
export interface PageRow {
  readonly context: AccessContext;
  readonly asked: RowAsked;
  readonly decided: Pick<DisclosureDecided, 'outcome' | 'permitted' | 'refused' | 'given' | 'waiting'>;
}

export interface DecidedPage<Row extends PageRow> {
  readonly rows: readonly Row[];
  /** How many candidates were looked at. */
  readonly looked: number;
  /** Whether a further candidate makes a row. */
  readonly more?: boolean;
  /** Whose rows the order of the page rests on, and which are not on it. */
  readonly weighed?: readonly LearnerId[];
  readonly isArranged?: boolean;
  /** Where nothing could be shown: on which clauses it could. */
  readonly refused?: readonly string[];
}
