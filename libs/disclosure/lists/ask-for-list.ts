// A page of a list: judged on the learners' files as they stand, recorded as one decision of the asker's, and only then opened.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import type { Position } from '#kernel';
import { disclosureStream, learnerStream } from '#learner-file';
import type { Judged } from '#unit-of-work';
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
  readonly list: DecidedList;
  readonly position: Position;
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
  const { streams, writer, observer } = parts;
  const learners = [...new Set(candidates.map(({ learner }) => learner))];
  await Promise.all(learners.flatMap((id) => [streams.files.load(learnerStream(id)), streams.heads.load(disclosureStream(id))]));
  const correlation = randomUUID();
  const { list, position, refused } = await writer.write(() => judge(parts, inquiry, correlation));
  const outcome = refused === undefined ? 'answered' : 'not-permitted';
  observer?.decided(outcome, inquiry.list);
  if (refused !== undefined) return { outcome: 'not-permitted', clauses: refused, position };
  return { outcome: 'answered', rows: await open(parts, list, inquiry.items.anchor), looked: list.looked, position };
};

/** Must not wait. */
const judge = (parts: GateParts, inquiry: ListInquiry, correlation: string): Judged<Decided> => {
  const moment = momentOf(parts, correlation);
  const reader = readerAt(moment, inquiry.asker);
  const list = reader ? decideList(inquiry, reader, inquiry.candidates, ({ learner }) => learnerAt(parts, moment, learner)) : NOBODY;
  const clausesFor = (purposes: ListInquiry['purposes'] | 'any'): readonly string[] =>
    reader ? clausesThatWouldHave(moment.inForce.decisions, recipientIn(reader), purposes, 'list') : [];
  const isRefused = list.rows.length === 0 && clausesFor(inquiry.purposes).length === 0;
  const id = record(parts, moment, inquiry, { list, outcome: isRefused ? 'not-permitted' : 'answered' });
  for (const { learner } of inquiry.candidates.slice(0, list.looked)) requireAsSeen(parts, moment, learner);
  return {
    draft: moment.draft,
    result: (positions) => ({ list, position: positions.get(id) ?? 0, ...(isRefused ? { refused: clausesFor('any') } : {}) }),
  };
};

const staffOf = (asker: Asker): { readonly staff?: string } =>
  'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};

/** What the page and its rows have in common. */
interface Page extends Pick<ListInquiry, 'asker' | 'purposes' | 'reason' | 'list'> {
  readonly recipient: string;
  readonly moment: Moment;
}

const record = (
  parts: GateParts,
  moment: Moment,
  { candidates: _, asker, ...question }: ListInquiry,
  { list, outcome }: { readonly list: DecidedList } & Pick<ListDecided, 'outcome'>,
): string => {
  const { streams, vault } = parts;
  const { draft, at, correlation } = moment;
  const id = randomUUID();
  const recipient = recordedAs(asker);
  const stream = listStream(recipient);
  const rows = list.rows.map((row) => recordRow(parts, { ...question, asker, recipient, moment }, row));
  const versions = versionsAt(parts, moment);
  const page = { ...question, recipient, ...staffOf(asker), at, ...versions, looked: list.looked, outcome, rows };
  draft.add(
    streams.heads,
    stream,
    (revision) => listEvent({ id, correlation }, { stream, revision }, page, vault),
    () => null,
  );
  return id;
};

const recordRow = (
  parts: GateParts,
  { asker, recipient, moment, purposes, reason, list }: Page,
  { asked: row, standing: { file, revision }, answer }: DecidedRow,
): ListDecided['rows'][number] => {
  const { streams, vault } = parts;
  const { draft, at, correlation } = moment;
  const stream = disclosureStream(file.id);
  const origin = { id: randomUUID(), correlation, learner: file.id, actor: recipient };
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
  const decision = draft.add(
    streams.heads,
    stream,
    (place) => disclosureEvent(origin, { stream, revision: place }, decided, vault),
    () => null,
  );
  return { learner: file.id, decision };
};

/** Rows whose anchor was erased since they were decided are left out. */
const open = async (parts: GateParts, { rows }: DecidedList, anchor: readonly string[]): Promise<readonly ListRow[]> => {
  const opened: ListRow[] = [];
  for (const { candidate, standing, answer } of rows) {
    const { permitted } = answer;
    const read = await parts.reader.readEach(standing, permitted);
    const items = new Map(
      permitted.flatMap(({ item: { revision } }, place) => {
        const item = read[place];
        return item ? [[revision, item] as const] : [];
      }),
    );
    if (permitted.some(({ item: { type, revision } }) => anchor.includes(type) && items.has(revision)))
      opened.push({ candidate, ...namedFor(parts, standing), items });
  }
  return opened;
};

/** Who works on the data directory names learners as the broker does. */
const isWithin = (reader: Reader): boolean => isPost(reader) && (reader.post === 'data-manager' || reader.post === 'operator');

const namedFor = ({ pseudonyms }: GateParts, { reader, file }: DecidedRow['standing']): Pick<ListRow, 'learner' | 'localId'> => {
  const learner = isWithin(reader) ? file.id : pseudonyms.of(reader.slug, file.id);
  const localId = isPost(reader) ? undefined : localIdOf(file.learner, reader.slug);
  return { learner, ...(localId === undefined ? {} : { localId }) };
};
