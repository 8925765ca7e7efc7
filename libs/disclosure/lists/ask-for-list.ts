// A page of a list whose rows are made of items: decided item by item, recorded, and only then opened.
import { clausesThatWouldHave } from '#sharing-protocols';
import type { GateParts } from '../gate-parts.ts';
import { learnerAt } from '../moment.ts';
import { recipientIn } from '../in-force.ts';
import { anchors, type DecidedRow, decideList } from './decide-list.ts';
import { askForPage, type DecidePage, namedFor } from './list-page.ts';
import type { ListAnswer, ListInquiry, ListRow } from './list-question.ts';

/** Rejects as `askForPage` does. */
export const askForList = async (parts: GateParts, inquiry: ListInquiry): Promise<ListAnswer> => {
  const { rows, looked, more = false, refused, position } = await askForPage(parts, inquiry, decideOn(parts, inquiry));
  if (refused !== undefined) return { outcome: 'not-permitted', clauses: refused, position };
  return { outcome: 'answered', rows: await open(parts, rows, inquiry), looked, more, position };
};

const decideOn =
  (parts: GateParts, inquiry: ListInquiry): DecidePage<DecidedRow> =>
  (moment, reader) => {
    const page = decideList(inquiry, reader, inquiry.candidates, ({ learner }) => learnerAt(parts, moment, learner));
    const clausesFor = (purposes: ListInquiry['purposes'] | 'any'): readonly string[] =>
      clausesThatWouldHave(moment.inForce.decisions, recipientIn(reader), purposes, 'list');
    return page.rows.length === 0 && clausesFor(inquiry.purposes).length === 0 ? { ...page, refused: clausesFor('any') } : page;
  };

/** Rows whose anchor was erased since they were decided are left out. */
const open = async (parts: GateParts, rows: readonly DecidedRow[], { items: asked }: ListInquiry): Promise<readonly ListRow[]> => {
  const read = await parts.reader.readTogether(rows.map(({ context, answer: { permitted } }) => ({ context, permitted })));
  return rows.flatMap(({ candidate, context, named, answer: { permitted } }, row) => {
    const items = new Map(
      permitted.flatMap(({ item: { revision } }, place) => {
        const item = read[row]?.[place];
        return item ? [[revision, item] as const] : [];
      }),
    );
    const makesRow = anchors(asked, named);
    const isShown = permitted.some(({ item }) => makesRow(item) && items.has(item.revision));
    return isShown
      ? [{ candidate, ...(named.anchor === undefined ? {} : { anchor: named.anchor }), ...namedFor(parts, context), items }]
      : [];
  });
};
