// A page of a list: judged on the learners' files as they stand, recorded as one decision of the asker's, and only then opened.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import type { Position } from '#kernel';
import { type Judged, learnerStream } from '#learner-file';
import { localIdOf } from '#learners';
import { clausesThatWouldHave } from '#sharing-protocols';
import type { GateParts } from '../gate-parts.ts';
import { groupPermitted, groupRefused } from '../grounds.ts';
import { learnerAt, type Moment, momentOf, readerAt, requireAsSeen, versionsAt } from '../moment.ts';
import { isPost, type Reader, recipientIn } from '../reader.ts';
import { type DecidedList, type DecidedRow, decideList } from './decide-list.ts';
import type { ListAnswer, ListInquiry, ListRow } from './list-question.ts';
import { listEvent, listStream, type ListToRecord } from './list-record.ts';

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
  await Promise.all([...new Set(candidates.map(({ learner }) => learner))].map((id) => streams.files.load(learnerStream(id))));
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
  const clauses = reader ? clausesThatWouldHave(moment.inForce.decisions, recipientIn(reader), inquiry.purposes) : [];
  const isRefused = list.rows.length === 0 && clauses.length === 0;
  const id = record(parts, moment, inquiry, { list, outcome: isRefused ? 'not-permitted' : 'answered' });
  for (const { learner } of inquiry.candidates.slice(0, list.looked)) requireAsSeen(parts, moment, learner);
  return {
    draft: moment.draft,
    result: (positions) => ({ list, position: positions.get(id) ?? 0, ...(isRefused ? { refused: clauses } : {}) }),
  };
};

const staffOf = (asker: Asker): { readonly staff?: string } =>
  'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};

const record = (
  parts: GateParts,
  moment: Moment,
  { asker, candidates: _, ...question }: ListInquiry,
  { list, outcome }: { readonly list: DecidedList } & Pick<ListToRecord, 'outcome'>,
): string => {
  const { streams, vault } = parts;
  const id = randomUUID();
  const recipient = recordedAs(asker);
  const stream = listStream(recipient);
  const page: ListToRecord = {
    ...question,
    recipient,
    ...staffOf(asker),
    at: moment.at,
    ...versionsAt(parts, moment),
    looked: list.looked,
    outcome,
    rows: list.rows.map(rowToRecord),
  };
  moment.draft.add(
    streams.heads,
    stream,
    (revision) => listEvent({ id, correlation: moment.correlation }, { stream, revision }, page, vault),
    () => null,
  );
  return id;
};

const rowToRecord = ({ standing: { file, revision }, only, permitted, refused }: DecidedRow): ListToRecord['rows'][number] => ({
  learner: file.id,
  part: {
    learner: revision,
    ...(only === undefined ? {} : { only }),
    permitted: groupPermitted(permitted),
    refused: groupRefused(refused),
  },
});

/** Rows whose anchor was erased since they were decided are left out. */
const open = async (parts: GateParts, { rows }: DecidedList, anchor: readonly string[]): Promise<readonly ListRow[]> => {
  const opened: ListRow[] = [];
  for (const { candidate, standing, permitted } of rows) {
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
