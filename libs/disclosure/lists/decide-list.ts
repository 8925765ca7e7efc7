// Which candidates make a row, and of what: item by item on each learner's file. Pure.
import { decideAnswer, type DecidedAnswer, type LearnerAtMoment, outcomeOf, type PermittedItem, type Standing } from '../decide-answer.ts';
import type { Reader } from '../reader.ts';
import type { ListCandidate, ListQuestion } from './list-question.ts';

/** A candidate whose anchor may be shown. */
export interface DecidedRow {
  /** Place among the candidates. */
  readonly candidate: number;
  readonly only?: ListCandidate['only'];
  readonly standing: Standing;
  readonly permitted: readonly PermittedItem[];
  readonly refused: DecidedAnswer['refused'];
}

export interface DecidedList {
  readonly rows: readonly DecidedRow[];
  readonly looked: number;
}

/** No row is made of more. */
const WHOLE = { after: 0, limit: Number.MAX_SAFE_INTEGER };

type Wants = Parameters<typeof decideAnswer>[1]['wants'];

const wantsOf = ({ items: { anchor, beside } }: ListQuestion, { only }: Pick<ListCandidate, 'only'>): Wants => {
  const types = new Set([...anchor, ...beside]);
  const revisions = only && new Set(only);
  return ({ type, revision }) => types.has(type) && (revisions === undefined || revision < 0 || revisions.has(revision));
};

/** Undefined: no row, for whatever reason. */
export const decideRow = (
  question: ListQuestion,
  candidate: Pick<ListCandidate, 'only'>,
  standing: Standing,
): Pick<DecidedRow, 'permitted' | 'refused'> | undefined => {
  const { purposes, items } = question;
  const answer = decideAnswer(standing, { purposes, route: 'list', wants: wantsOf(question, candidate), page: WHOLE });
  const isAnchored = answer.permitted.some(({ item }) => items.anchor.includes(item.type));
  if (!isAnchored || outcomeOf(standing, answer) !== 'answered') return undefined;
  return { permitted: answer.permitted, refused: answer.refused };
};

/** Looks at no more candidates than it takes to fill the page. `known`: undefined where there is no such learner. */
export const decideList = (
  question: ListQuestion,
  reader: Reader,
  candidates: readonly ListCandidate[],
  known: (candidate: ListCandidate) => LearnerAtMoment | undefined,
): DecidedList => {
  const rows: DecidedRow[] = [];
  let looked = 0;
  for (const candidate of candidates) {
    if (rows.length === question.limit) break;
    const learner = known(candidate);
    const standing = learner && { ...learner, reader };
    const decided = standing && decideRow(question, candidate, standing);
    if (decided) rows.push({ candidate: looked, ...onlyOf(candidate), standing, ...decided });
    looked++;
  }
  return { rows, looked };
};

const onlyOf = ({ only }: ListCandidate): Pick<DecidedRow, 'only'> => (only === undefined ? {} : { only });
