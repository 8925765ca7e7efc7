// A page of a list whose rows are made of items: decided item by item, recorded, and only then opened.
import { recordedAs } from '#access';
import { clausesThatWouldHave } from '#sharing-protocols';
import type { DecidedAnswer, LearnerAtMoment } from '../decide-answer.ts';
import { displacedIn } from '../displaced.ts';
import type { GateParts } from '../gate-parts.ts';
import { learnerAt } from '../moment.ts';
import { recipientIn } from '../in-force.ts';
import { anchors, type DecidedRow, decideList } from './decide-list.ts';
import { askForPage, type DecidePage, namedFor } from './list-page.ts';
import type { ListAnswer, ListCandidate, ListInquiry, ListRow } from './list-question.ts';
import { ShownBefore } from './shown-before.ts';

/** Rejects as `askForPage` does. */
export const askForList = async (parts: GateParts, inquiry: ListInquiry): Promise<ListAnswer> => {
  const { walk, ...question } = inquiry;
  const before = walk && new ShownBefore(parts, { recipient: recordedAs(inquiry.asker), list: inquiry.list, walk });
  const { rows, looked, more = false, refused, position } = await askForPage(parts, question, decideOn(parts, question, before));
  if (refused !== undefined) return { outcome: 'not-permitted', clauses: refused, position };
  return { outcome: 'answered', rows: await open(parts, rows, inquiry), looked, more, position };
};

const decideOn =
  (parts: GateParts, inquiry: ListInquiry, before: ShownBefore | undefined): DecidePage<DecidedRow> =>
  (moment, reader) => {
    const known = (candidate: ListCandidate): LearnerAtMoment | undefined => {
      const learner = learnerAt(parts, moment, candidate.learner);
      const lack = moment.draft.lack.bind(moment.draft);
      return learner && before?.has(candidate, learner.file, lack) ? undefined : learner;
    };
    const page = decideList(inquiry, reader, inquiry.candidates, known);
    const clausesFor = (purposes: ListInquiry['purposes'] | 'any'): readonly string[] =>
      clausesThatWouldHave(moment.inForce.decisions, recipientIn(reader), purposes, 'list');
    return page.rows.length === 0 && clausesFor(inquiry.purposes).length === 0 ? { ...page, refused: clausesFor('any') } : page;
  };

type Items = ListRow['items'];

/** Of each answer once, however many rows are made of it. */
const itemsOf = async ({ reader }: GateParts, rows: readonly DecidedRow[]): Promise<ReadonlyMap<DecidedAnswer, Items>> => {
  const answers = new Map(rows.map(({ answer, context }) => [answer, context]));
  const read = await reader.readTogether([...answers].map(([{ permitted }, context]) => ({ context, permitted })));
  const readIn = ({ permitted }: DecidedAnswer, answer: number): Items =>
    new Map(
      permitted.flatMap(({ item: { revision } }, place) => {
        const item = read[answer]?.[place];
        return item ? [[revision, item] as const] : [];
      }),
    );
  return new Map([...answers.keys()].map((answer, place) => [answer, readIn(answer, place)]));
};

const NOTHING: Items = new Map();

/** Rows whose anchor was erased since they were decided are left out. */
const open = async (parts: GateParts, rows: readonly DecidedRow[], { items: asked }: ListInquiry): Promise<readonly ListRow[]> => {
  const all = await itemsOf(parts, rows);
  return rows.flatMap(({ candidate, context, named, answer }) => {
    const items = all.get(answer) ?? NOTHING;
    const makesRow = anchors(asked, named);
    const isShown = answer.permitted.some(({ item }) => makesRow(item) && items.has(item.revision));
    if (!isShown) return [];
    const displaced = displacedIn(context);
    return [{ candidate, ...(named.anchor === undefined ? {} : { anchor: named.anchor }), ...namedFor(parts, context), items, displaced }];
  });
};
