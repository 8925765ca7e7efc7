// A page of a list whose rows are made of items: decided item by item, recorded, and only then opened.
import { recordedAs } from '#access';
import { clausesThatWouldHave } from '#sharing-protocols';
import { type DecidedAnswer, displacedIn, type LearnerAtMoment } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import { learnerAt } from '../moment.ts';
import { recipientIn } from '../in-force.ts';
import { Arranged } from './arranged.ts';
import { anchors, type DecidedRow, decideList } from './decide-list.ts';
import { askForPage, type DecidePage, namedFor } from './list-page.ts';
import type { ListAnswer, ListAnswered, ListCandidate, ListInquiry, ListRow } from './list-question.ts';
import { ShownBefore } from './shown-before.ts';

/** Rejects as `askForPage` does. */
export const askForList = async (parts: GateParts, inquiry: ListInquiry): Promise<ListAnswer> => {
  const { walk, arrangement, ...question } = inquiry;
  const before = walk && new ShownBefore(parts, { recipient: recordedAs(inquiry.asker), list: inquiry.list, walk });
  const arranged = arrangement && new Arranged(arrangement, (all) => open(parts, all, inquiry));
  const decide = decideOn(parts, question, { ...(before && { before }), ...(arranged && { arranged }) });
  const { rows, looked, more = false, isArranged = false, refused, position } = await askForPage(parts, question, decide);
  if (refused !== undefined) return notPermitted(refused, { more, position });
  return { outcome: 'answered', rows: await open(parts, rows, inquiry), looked, more, isArranged, position };
};

const notPermitted = (clauses: readonly string[], { more, position }: Pick<ListAnswered, 'more' | 'position'>): ListAnswer => ({
  ...{ outcome: 'not-permitted', clauses, position },
  ...(more && { more }),
});

interface Beside {
  readonly before?: ShownBefore;
  readonly arranged?: Arranged;
}

const decideOn =
  (parts: GateParts, inquiry: ListInquiry, { before, arranged }: Beside): DecidePage<DecidedRow> =>
  (moment, reader) => {
    const lack = moment.draft.lack.bind(moment.draft);
    const known = (candidate: ListCandidate): LearnerAtMoment | undefined => {
      const learner = learnerAt(parts, moment, candidate.learner);
      return learner && before?.has(candidate, learner.file, lack) ? undefined : learner;
    };
    const { rows: limit = inquiry.limit, learners } = arranged?.most ?? {};
    const page = decideList({ ...inquiry, limit, learners }, reader, inquiry.candidates, known);
    const clausesFor = (purposes: ListInquiry['purposes'] | 'any'): readonly string[] =>
      clausesThatWouldHave(moment.inForce.decisions, recipientIn(reader), purposes, 'list');
    if (page.rows.length === 0 && clausesFor(inquiry.purposes).length === 0) return { ...page, refused: clausesFor('any') };
    return arranged ? arranged.pageOf(page, inquiry.limit, lack) : page;
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
