// Which candidates make a row, and of what: item by item, by what each says of itself. Pure.
import { type Category, shippedCatalogue } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import {
  clausesThatWouldHave,
  decideDisclosure,
  type DecisionTable,
  isBarred,
  type Kinds,
  type LearnerTerms,
  type Question,
} from '#sharing-protocols';
import type { DecidedAnswer, PermittedItem } from '../decide-answer.ts';
import { groupPermitted, groupRefused } from '../disclosure-log.ts';
import { type Reader, recipientIn } from '../in-force.ts';
import type { ListQuestion, RecordedThings } from '../lists/index.ts';
import type { OpenedCandidate, Thing } from './thing-reader.ts';

export interface DecidedThings {
  readonly candidate: number;
  readonly anchor: Thing;
  readonly beside: readonly Thing[];
  readonly permitted: readonly (PermittedItem & Pick<Thing, 'opened'>)[];
  readonly refused: DecidedAnswer['refused'];
}

export interface DecidedThingsPage {
  readonly rows: readonly DecidedThings[];
  readonly more: boolean;
  /** Where nothing could be shown: on which clauses it could. */
  readonly refused?: readonly string[];
}

/** What is about nobody is restricted, objected to and consented to by nobody. */
const OF_NOBODY: LearnerTerms = { consents: [], restrictions: [], objections: [] };
const NO_RELATIONSHIP = 0;

export interface ThingsContext {
  readonly decisions: DecisionTable;
  readonly reader: Reader;
  readonly today: IsoDate;
}

type Asked = Pick<ListQuestion, 'items' | 'purposes'>;

/** A thing's kinds are all of one category, whatever it says. */
export const kindsOf = (types: readonly string[]): Kinds => {
  const catalogue = shippedCatalogue();
  return types.flatMap((short) => {
    const type = catalogue.types.find((one) => one.short === short);
    return type ? [[short, type.categoryOf({})] as const satisfies readonly [string, Category]] : [];
  });
};

/** Looks at no more candidates than it takes to fill the page and to know whether there is another. */
export const decideThings = (
  context: ThingsContext,
  question: Asked & Pick<ListQuestion, 'limit'>,
  candidates: readonly OpenedCandidate[],
): DecidedThingsPage => {
  const rows: DecidedThings[] = [];
  for (const [place, candidate] of candidates.entries()) {
    const row = decideRow(context, question, candidate);
    if (row && rows.length === question.limit) return { rows, more: true };
    if (row) rows.push({ candidate: place, ...row });
  }
  const refused = rows.length === 0 ? clausesLacking(context, question) : undefined;
  return { rows, more: false, ...(refused && { refused }) };
};

/** Undefined: no row, for whatever reason. */
export const decideRow = (
  { decisions, reader, today }: ThingsContext,
  { items: { anchor: anchors, beside: others }, purposes }: Asked,
  { anchor, beside }: OpenedCandidate,
): Omit<DecidedThings, 'candidate'> | undefined => {
  if (!anchor || !anchors.includes(anchor.item.type)) return undefined;
  const wanted = beside.filter(({ item: { type } }) => anchors.includes(type) || others.includes(type));
  const asked = {
    recipient: recipientIn(reader),
    relationships: NO_RELATIONSHIP,
    purposes,
    route: 'list',
    learner: OF_NOBODY,
    today,
  } as const;
  const [permitted, refused] = decideEach(decisions, asked, [anchor, ...wanted]);
  return permitted[0]?.item === anchor.item ? { anchor, beside: wanted, permitted, refused } : undefined;
};

const decideEach = (
  decisions: DecisionTable,
  asked: Omit<Question, 'item'>,
  things: readonly Thing[],
): readonly [DecidedThings['permitted'], DecidedThings['refused']] => {
  const permitted: DecidedThings['permitted'][number][] = [];
  const refused: DecidedThings['refused'][number][] = [];
  for (const { item, opened } of things) {
    const decision = decideDisclosure(decisions, { ...asked, item });
    if (decision.permit) permitted.push({ item, permit: decision, opened });
    else refused.push({ item, decision });
  }
  return [permitted, refused];
};

/** Whom a prohibition binds is answered as if there were nothing: nobody is told what it would take. */
const clausesLacking = ({ decisions, reader }: ThingsContext, { items: { anchor }, purposes }: Asked): readonly string[] | undefined => {
  const recipient: AgencySlug = recipientIn(reader);
  const served = clausesThatWouldHave(decisions, recipient, purposes, 'list').length > 0 || isBarred(decisions, recipient, kindsOf(anchor));
  return served ? undefined : clausesThatWouldHave(decisions, recipient, 'any', 'list');
};

/** An item may stand in several rows: it is recorded once. */
const once = <Entry extends { readonly item: PermittedItem['item'] }>(entries: readonly Entry[]): readonly Entry[] => [
  ...new Map(entries.map((entry) => [entry.item.revision, entry])).values(),
];

/** As the log keeps it. */
export const recordedThings = (rows: readonly Omit<DecidedThings, 'candidate'>[]): RecordedThings => ({
  rows: rows.map(({ anchor, beside }) => ({ anchor: anchor.item.revision, beside: beside.map(({ item }) => item.revision) })),
  permitted: groupPermitted(once(rows.flatMap(({ permitted }) => permitted))),
  refused: groupRefused(once(rows.flatMap(({ refused }) => refused))),
});
