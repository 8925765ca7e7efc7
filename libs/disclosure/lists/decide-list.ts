// Which candidates make a row, and of what: item by item on each learner's file. Pure.
import type { Revision } from '#kernel';
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

/** Whether an item makes the candidate's row. */
export const anchors =
  (items: ListQuestion['items'], { anchor }: Pick<ListCandidate, 'anchor'>) =>
  ({ type, revision }: { readonly type: string; readonly revision: Revision }): boolean =>
    items.anchor.includes(type) && (anchor === undefined || revision === anchor);

const rowOf = (items: ListQuestion['items'], { only, anchor, isTakenBack }: ListCandidate): RowAsked => ({
  ...items,
  ...(only === undefined ? {} : { only }),
  ...(isTakenBack && anchor !== undefined ? { takenBack: anchor } : {}),
});

/** Undefined: no row, for whatever reason. */
const answerIn = (
  { purposes, reason, items }: ListQuestion,
  candidate: ListCandidate,
  context: AccessContext,
): DecidedAnswer | undefined => {
  const row = rowOf(items, candidate);
  const { takenBack } = row;
  const asked = { purposes, ...(reason === undefined ? {} : { reason }), ...(takenBack === undefined ? {} : { takenBack }) };
  const answer = decideAnswer(context, { ...asked, route: 'list', wants: wantedInRow(row), page: WHOLE_ROW });
  const makesRow = anchors(items, candidate);
  return answer.permitted.some(({ item }) => makesRow(item)) && outcomeOf(context, answer, 'list') === 'answered' ? answer : undefined;
};

const told = ({ permitted, refused }: DecidedAnswer): PageRow['decided'] => ({
  outcome: 'answered',
  permitted: groupPermitted(permitted),
  refused: groupRefused(refused),
});

/**
 * Looks at no more candidates than it takes to fill the page and to know whether there is a further row: what may not be seen must not be
 * told by a page that is short. `known`: undefined where there is no such learner.
 */
export const decideList = (
  question: ListQuestion,
  reader: Reader,
  candidates: readonly ListCandidate[],
  known: (candidate: ListCandidate) => LearnerAtMoment | undefined,
): DecidedPage<DecidedRow> & { readonly more: boolean } => {
  const rows: DecidedRow[] = [];
  let looked = 0;
  for (const [place, candidate] of candidates.entries()) {
    const learner = known(candidate);
    const context = learner && { ...learner, reader };
    const answer = context && answerIn(question, candidate, context);
    if (answer && rows.length === question.limit) return { rows, looked, more: true };
    if (answer) rows.push({ candidate: place, asked: rowOf(question.items, candidate), context, answer, decided: told(answer) });
    looked = place + 1;
  }
  return { rows, looked, more: false };
};
