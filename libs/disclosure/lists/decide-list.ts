// Which candidates make a row, and of what: item by item on each learner's file. Pure.
import { decideAnswer, type DecidedAnswer, type LearnerAtMoment, outcomeOf, type AccessContext } from '../decide-answer.ts';
import type { RowAsked } from '../decision-record.ts';
import { groupPermitted, groupRefused } from '../disclosure-log.ts';
import { wantedInRow } from '../questions.ts';
import type { Reader } from '../in-force.ts';
import type { ListCandidate, ListQuestion } from './list-question.ts';
import { type DecidedPage, type PageRow, WHOLE_ROW } from './page-rows.ts';

/** A candidate whose anchor may be shown. */
export interface DecidedRow extends PageRow {
  /** Place among the candidates. */
  readonly candidate: number;
  readonly answer: DecidedAnswer;
}

const rowOf = (items: ListQuestion['items'], { only }: ListCandidate): RowAsked => ({ ...items, ...(only === undefined ? {} : { only }) });

/** Undefined: no row, for whatever reason. */
const answerIn = (asked: Pick<ListQuestion, 'purposes' | 'reason'>, row: RowAsked, context: AccessContext): DecidedAnswer | undefined => {
  const answer = decideAnswer(context, { ...asked, route: 'list', wants: wantedInRow(row), page: WHOLE_ROW });
  const isAnchored = answer.permitted.some(({ item }) => row.anchor.includes(item.type));
  return isAnchored && outcomeOf(context, answer) === 'answered' ? answer : undefined;
};

const told = ({ permitted, refused }: DecidedAnswer): PageRow['decided'] => ({
  outcome: 'answered',
  permitted: groupPermitted(permitted),
  refused: groupRefused(refused),
});

/** Looks at no more candidates than it takes to fill the page. `known`: undefined where there is no such learner. */
export const decideList = (
  { purposes, reason, items, limit }: ListQuestion,
  reader: Reader,
  candidates: readonly ListCandidate[],
  known: (candidate: ListCandidate) => LearnerAtMoment | undefined,
): DecidedPage<DecidedRow> => {
  const why = { purposes, ...(reason === undefined ? {} : { reason }) };
  const rows: DecidedRow[] = [];
  let looked = 0;
  for (const candidate of candidates) {
    if (rows.length === limit) break;
    const learner = known(candidate);
    const context = learner && { ...learner, reader };
    const asked = rowOf(items, candidate);
    const answer = context && answerIn(why, asked, context);
    if (answer) rows.push({ candidate: looked, asked, context, answer, decided: told(answer) });
    looked++;
  }
  return { rows, looked };
};
