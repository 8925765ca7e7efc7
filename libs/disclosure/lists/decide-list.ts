// Which candidates make a row, and of what: item by item on each learner's file. Pure.
import type { Revision } from '#kernel';
import { type LearnerFile, placeIn, type StreamPlace } from '#learner-file';
import { decideAnswer, type DecidedAnswer, type LearnerAtMoment, outcomeOf, type AccessContext } from '../decide-answer.ts';
import type { RowAsked } from '../decision-record.ts';
import { givenIn, groupPermitted, groupRefused } from '../disclosure-log.ts';
import { wantedInRow } from '../questions.ts';
import type { Reader } from '../in-force.ts';
import type { ListCandidate, ListQuestion } from './list-question.ts';
import { type DecidedPage, type PageRow, WHOLE_ROW } from './page-rows.ts';

/** A candidate whose anchor may be shown. */
export interface DecidedRow extends PageRow {
  /** Place among the candidates. */
  readonly candidate: number;
  readonly answer: DecidedAnswer;
  /** What the candidate named, by its place in the file. */
  readonly named: Named;
}

/** Which items a candidate names. */
interface Named extends Pick<ListCandidate, 'anchor' | 'only' | 'isTakenBack'> {
  readonly making?: readonly Revision[];
  readonly unlessAfter?: readonly Revision[];
}

/** A view names items by the stream in which they stand: in the file of somebody with whom that learner is one, they have another place. */
const namedIn = ({ id, united }: LearnerFile, candidate: ListCandidate): Named => {
  const { learner, anchor, only, elsewhere = [], making, unlessAfter, isTakenBack } = candidate;
  const placeAt = (at: StreamPlace): Revision => placeIn(id, united, at) ?? NOWHERE;
  const placeOf = (revision: Revision): Revision => placeAt({ learner, revision });
  return {
    ...(anchor === undefined ? {} : { anchor: placeOf(anchor) }),
    ...(only === undefined ? {} : { only: [...only.map(placeOf), ...elsewhere.map(placeAt)] }),
    ...(making && { making: making.map(placeAt) }),
    ...(unlessAfter && { unlessAfter: unlessAfter.map(placeAt) }),
    ...(isTakenBack && { isTakenBack }),
  };
};

const NOWHERE: Revision = -2;

/** Whether an item makes the candidate's row. */
export const anchors =
  (items: ListQuestion['items'], { anchor }: Pick<ListCandidate, 'anchor'>) =>
  ({ type, revision }: { readonly type: string; readonly revision: Revision }): boolean =>
    items.anchor.includes(type) && (anchor === undefined || revision === anchor);

/** Another that makes the same row makes it first. */
const comesAfter = ({ anchor, unlessAfter = [] }: Named, { permitted }: DecidedAnswer): boolean =>
  anchor !== undefined &&
  unlessAfter.length > 0 &&
  permitted.some(({ item: { revision, status } }) => revision < anchor && status !== 'retracted' && unlessAfter.includes(revision));

const rowOf = (items: ListQuestion['items'], { only, making, anchor, isTakenBack }: Named): RowAsked => ({
  ...items,
  ...(only === undefined ? {} : { only }),
  ...(making && { making }),
  ...(isTakenBack && anchor !== undefined ? { takenBack: anchor } : {}),
});

const told = (context: AccessContext, { permitted, refused }: DecidedAnswer): PageRow['decided'] => ({
  outcome: 'answered',
  permitted: groupPermitted(permitted),
  refused: groupRefused(refused),
  ...givenIn(context, permitted),
});

type Decided = Omit<DecidedRow, 'candidate' | 'named'>;

/** Undefined: no row, whichever item would make it. */
const decidedOn = (question: ListQuestion, named: Named, context: AccessContext): Decided | undefined => {
  const { purposes, reason, items } = question;
  const asked = rowOf(items, named);
  const { takenBack } = asked;
  const whole = { purposes, ...(reason === undefined ? {} : { reason }), ...(takenBack === undefined ? {} : { takenBack }) };
  const answer = decideAnswer(context, { ...whole, route: 'list', wants: wantedInRow(asked), page: WHOLE_ROW });
  const hasAnchor = answer.permitted.some(({ item }) => items.anchor.includes(item.type));
  if (!hasAnchor || outcomeOf(context, answer, 'list') !== 'answered') return undefined;
  return { asked, context, answer, decided: told(context, answer) };
};

/** Several rows of one learner differ in the item that makes them alone: who may see what is decided once for all of them. */
class DecidedOnce {
  readonly #question: ListQuestion;
  readonly #whole = new Map<LearnerFile, Decided | undefined>();

  constructor(question: ListQuestion) {
    this.#question = question;
  }

  of(named: Named, context: AccessContext): Decided | undefined {
    if (named.only !== undefined || named.making !== undefined || named.isTakenBack) return decidedOn(this.#question, named, context);
    if (!this.#whole.has(context.file)) this.#whole.set(context.file, decidedOn(this.#question, named, context));
    return this.#whole.get(context.file);
  }
}

/** A view may propose a person once for each record that they had: a page shows one row. */
class SeenTwice {
  readonly #shown = new Set<string>();

  has({ file: { id, united } }: AccessContext, { anchor, only }: Named): boolean {
    if (united === undefined) return false;
    const thing = JSON.stringify([id, anchor, only]);
    return this.#shown.has(thing) || !this.#shown.add(thing);
  }
}

interface SoFar {
  readonly once: DecidedOnce;
  readonly twice: SeenTwice;
}

/** Undefined: no row, or the same as one before. */
const rowIn = (
  { items }: ListQuestion,
  candidate: ListCandidate,
  context: AccessContext,
  { once, twice }: SoFar,
): Omit<DecidedRow, 'candidate'> | undefined => {
  const named = namedIn(context.file, candidate);
  const decided = once.of(named, context);
  const makesRow = anchors(items, named);
  if (!decided?.answer.permitted.some(({ item }) => makesRow(item)) || comesAfter(named, decided.answer)) return undefined;
  return twice.has(context, named) ? undefined : { ...decided, named };
};

interface Room extends ListQuestion {
  /** Of whom there may be rows. */
  readonly learners?: number | undefined;
}

/** Counts those who have rows. */
class Learners {
  readonly #most: number;
  readonly #of = new Set<LearnerFile['id']>();

  constructor(most = Number.MAX_SAFE_INTEGER) {
    this.#most = most;
  }

  hasRoomFor({ context: { file } }: Pick<DecidedRow, 'context'>): boolean {
    return this.#of.has(file.id) || (this.#of.size < this.#most && this.#of.add(file.id) === this.#of);
  }
}

/**
 * Looks at no more candidates than it takes to fill the page and to know whether there is a further row: what may not be seen must not be
 * told by a page that is short. `known`: undefined where there is no such learner, or where they stand on an earlier page.
 */
export const decideList = (
  question: Room,
  reader: Reader,
  candidates: readonly ListCandidate[],
  known: (candidate: ListCandidate) => LearnerAtMoment | undefined,
): DecidedPage<DecidedRow> & { readonly more: boolean } => {
  const rows: DecidedRow[] = [];
  const sofar = { once: new DecidedOnce(question), twice: new SeenTwice() };
  const learners = new Learners(question.learners);
  let looked = 0;
  for (const [place, candidate] of candidates.entries()) {
    const learner = known(candidate);
    const row = learner && rowIn(question, candidate, { ...learner, reader }, sofar);
    if (row && (rows.length === question.limit || !learners.hasRoomFor(row))) return { rows, looked, more: true };
    if (row) rows.push({ candidate: place, ...row });
    looked = place + 1;
  }
  return { rows, looked, more: false };
};
