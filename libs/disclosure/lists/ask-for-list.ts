// A page of a list: judged on the learners' files as they stand, recorded as one decision of the asker's, and only then opened.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import { disclosureStream, LINK_ADVISERS, learnerStream } from '#learner-file';
import type { Draft, Missing } from '#unit-of-work';
import { localIdOf } from '#learners';
import { clausesThatWouldHave } from '#sharing-protocols';
import { disclosureEvent } from '../disclosure-log.ts';
import type { GateParts } from '../gate-parts.ts';
import { groupPermitted, groupRefused } from '../grounds.ts';
import { learnerAt, type Moment, momentOf, readerAt, requireAsSeen, versionsAt } from '../moment.ts';
import { isPost, type Reader, recipientIn } from '../reader.ts';
import { type DecidedList, type DecidedRow, decideList, WHOLE_ROW } from './decide-list.ts';
import type { ListAnswer, ListInquiry, ListRow } from './list-question.ts';
import { type ListDecided, listEvent, listStream } from './list-record.ts';

interface Decided {
  readonly draft: Draft;
  readonly list: DecidedList;
  /** Where nothing could be shown by any clause. */
  readonly refused?: readonly string[];
}

const NOBODY: DecidedList = { rows: [], looked: 0 };

/** More at once would keep the event loop from everybody else. */
const MOST_CANDIDATES = 2000;

/** Throws `RangeError` where a view proposes too many at once. Rejects with `EventStoreError` where the decision cannot be recorded. */
export const askForList = async (parts: GateParts, inquiry: ListInquiry): Promise<ListAnswer> => {
  const { candidates } = inquiry;
  if (candidates.length > MOST_CANDIDATES) throw new RangeError(`A page has at most ${MOST_CANDIDATES} candidates: propose fewer.`);
  const { writer, observer } = parts;
  const ids = { correlation: randomUUID(), decision: randomUUID() };
  const learners = [...new Set(candidates.map(({ learner }) => learner))];
  const { judged, positions } = await writer.write({
    look: () => lookedAt(parts, recordedAs(inquiry.asker), learners),
    judge: () => judge(parts, inquiry, ids),
  });
  const { list, refused } = judged;
  const position: Position = positions.get(ids.decision) ?? 0;
  const outcome = refused === undefined ? 'answered' : 'not-permitted';
  observer?.decided(outcome, inquiry.list);
  if (refused !== undefined) return { outcome: 'not-permitted', clauses: refused, position };
  return { outcome: 'answered', rows: await open(parts, list, inquiry.items.anchor), looked: list.looked, position };
};

const lookedAt = ({ streams }: GateParts, recipient: string, learners: readonly LearnerId[]): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.heads.missing(listStream(recipient)),
  ...learners.flatMap((id) => [...streams.files.missing(learnerStream(id)), ...streams.heads.missing(disclosureStream(id))]),
];

/** Ids of one page, drawn before it is judged; those of its rows follow from them. */
interface PageIds {
  readonly correlation: string;
  readonly decision: string;
}

/** Must not wait. */
const judge = (parts: GateParts, inquiry: ListInquiry, ids: PageIds): Decided => {
  const moment = { ...momentOf(parts, ids.correlation), id: ids.decision };
  const reader = readerAt(moment, inquiry.asker);
  const list = reader ? decideList(inquiry, reader, inquiry.candidates, ({ learner }) => learnerAt(parts, moment, learner)) : NOBODY;
  const clausesFor = (purposes: ListInquiry['purposes'] | 'any'): readonly string[] =>
    reader ? clausesThatWouldHave(moment.inForce.decisions, recipientIn(reader), purposes, 'list') : [];
  const isRefused = list.rows.length === 0 && clausesFor(inquiry.purposes).length === 0;
  record(parts, moment, inquiry, { list, outcome: isRefused ? 'not-permitted' : 'answered' });
  for (const { learner } of inquiry.candidates.slice(0, list.looked)) requireAsSeen(parts, moment, learner);
  return { draft: moment.draft, list, ...(isRefused ? { refused: clausesFor('any') } : {}) };
};

const staffOf = (asker: Asker): { readonly staff?: string } =>
  'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};

/** What the page and its rows have in common. */
interface Page extends Pick<ListInquiry, 'asker' | 'purposes' | 'reason' | 'list'> {
  readonly recipient: string;
  readonly moment: Moment & { readonly id: string };
}

const record = (
  parts: GateParts,
  moment: Page['moment'],
  { candidates: _, asker, ...question }: ListInquiry,
  { list, outcome }: { readonly list: DecidedList } & Pick<ListDecided, 'outcome'>,
): void => {
  const { draft, at, correlation, id } = moment;
  const recipient = recordedAs(asker);
  const stream = listStream(recipient);
  const rows = list.rows.map((row) => recordRow(parts, { ...question, asker, recipient, moment }, row));
  const versions = versionsAt(parts, moment);
  const page = { ...question, recipient, ...staffOf(asker), at, ...versions, looked: list.looked, outcome, rows };
  draft.add(parts.streams.heads, stream, listEvent({ id, correlation }, page), () => null);
};

const recordRow = (
  parts: GateParts,
  { asker, recipient, moment, purposes, reason, list }: Page,
  { candidate, asked: row, context: { file, revision }, answer }: DecidedRow,
): ListDecided['rows'][number] => {
  const { streams, vault } = parts;
  const { draft, at, correlation } = moment;
  const stream = disclosureStream(file.id);
  const origin = { id: vault.blindId('row', `${moment.id}\n${candidate}`), correlation, learner: file.id, actor: recipient };
  const decided = {
    recipient,
    ...staffOf(asker),
    purposes,
    ...(reason === undefined ? {} : { reason }),
    route: 'list' as const,
    asked: list,
    row,
    page: WHOLE_ROW,
    at,
    learner: revision,
    ...versionsAt(parts, moment),
    outcome: 'answered' as const,
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
  };
  const decision = draft.add(streams.heads, stream, disclosureEvent(origin, decided), () => null);
  return { learner: file.id, decision };
};

/** Rows whose anchor was erased since they were decided are left out. */
const open = async (parts: GateParts, { rows }: DecidedList, anchor: readonly string[]): Promise<readonly ListRow[]> => {
  const opened: ListRow[] = [];
  for (const { candidate, context, answer } of rows) {
    const { permitted } = answer;
    const read = await parts.reader.readEach(context, permitted);
    const items = new Map(
      permitted.flatMap(({ item: { revision } }, place) => {
        const item = read[place];
        return item ? [[revision, item] as const] : [];
      }),
    );
    if (permitted.some(({ item: { type, revision } }) => anchor.includes(type) && items.has(revision)))
      opened.push({ candidate, ...namedFor(parts, context), items });
  }
  return opened;
};

/** Who works on the data directory names learners as the broker does. */
const isWithin = (reader: Reader): boolean => isPost(reader) && (reader.post === 'data-manager' || reader.post === 'operator');

const namedFor = ({ pseudonyms }: GateParts, { reader, file }: DecidedRow['context']): Pick<ListRow, 'learner' | 'localId'> => {
  const learner = isWithin(reader) ? file.id : pseudonyms.of(reader.slug, file.id);
  const localId = isPost(reader) ? undefined : localIdOf(file.learner, reader.slug);
  return { learner, ...(localId === undefined ? {} : { localId }) };
};
